import { dialog, type BrowserWindow } from 'electron'
import type { UpdateState } from '../../shared/ipc/updates'
import { updateAnswer } from '../updates/updateAnswer'
import type { DialogTexts } from './texts'

/** Says what came of looking for a new version. Resolves with true where the person restarts for it. */
export async function showUpdateAnswer(
  state: UpdateState,
  texts: DialogTexts['updates'],
  window: BrowserWindow | undefined,
): Promise<boolean> {
  const isReady = state.step.name === 'ready'
  const options = {
    type: state.step.name === 'failed' ? ('warning' as const) : ('info' as const),
    ...updateAnswer(state, texts),
    buttons: isReady ? [texts.restart, texts.later] : [texts.ok],
    defaultId: 0,
    cancelId: isReady ? 1 : 0,
    noLink: true,
  }
  const { response } =
    window === undefined ? await dialog.showMessageBox(options) : await dialog.showMessageBox(window, options)
  return isReady && response === 0
}
