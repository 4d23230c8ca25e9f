import { codeOf } from '../../app/codeOf'
import { runElsewhere } from '../../app/longTask'
import { useNotices } from '../../app/notices'
import { useServices } from '../../app/services'
import type { PlatformTask } from '../../platform/platform'
import { useSay } from '../../i18n'

/**
 * Waits for work on a room's file, shown with how far it is and a way to stop it. Undefined where it was stopped, which is
 * said, or failed, which `onProblem` is told.
 */
export type DoRoomFileTask = <T>(
  text: string,
  work: (task: PlatformTask) => Promise<T>,
) => Promise<T | undefined>

/** Call in `setup`. `onProblem` gets the code of what went wrong, and undefined at each start. */
export function useRoomFileTask(onProblem: (code: string | undefined) => void): DoRoomFileTask {
  const { clock } = useServices()
  const notices = useNotices()
  const say = useSay()
  return async (text, work) => {
    onProblem(undefined)
    try {
      return await runElsewhere(notices.tasks, text, clock, work)
    } catch (error) {
      const code = codeOf(error)
      if (code === 'bundle-cancelled') notices.show(say.error(code))
      else onProblem(code)
      return undefined
    }
  }
}
