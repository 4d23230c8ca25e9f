import { useNotices } from '../../app/notices'
import { useServices } from '../../app/services'
import { useSay } from '../../i18n'
import { useRoomFileTask } from './useRoomFileTask'

/** Writes a room of this device to a file that the person is asked for. */
export type SaveRoomFile = (room: { readonly roomId: string; readonly title: string }) => Promise<void>

/** Undefined where the platform has no room files. Call in `setup`; `onProblem` as in {@link useRoomFileTask}. */
export function useSaveRoomFile(onProblem: (code: string | undefined) => void): SaveRoomFile | undefined {
  const { roomFiles } = useServices().platform
  const notices = useNotices()
  const say = useSay()
  const run = useRoomFileTask(onProblem)
  if (roomFiles === undefined) return undefined
  return async ({ roomId, title }) => {
    const saved = await run(say.t('roomFile.saving', { title }), (task) => roomFiles.save(roomId, task))
    if (saved !== undefined) notices.show(say.t('roomFile.saved', saved), { tone: 'good' })
  }
}
