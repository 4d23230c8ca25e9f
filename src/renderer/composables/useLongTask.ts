import type { Steps } from '../../shared/board/steps'
import { runLongTask } from '../app/longTask'
import { useNotices } from '../app/notices'
import { useServices } from '../app/services'

/** Does work that takes long in slices, shown with how far it is; resolves with undefined where it was cancelled. */
export type DoLongTask = <T>(text: string, steps: Steps<T>) => Promise<T | undefined>

/** Call in `setup`. */
export function useLongTask(): DoLongTask {
  const { clock } = useServices()
  const notices = useNotices()
  const slicing = {
    now: () => performance.now(),
    turn: () => new Promise<void>((resolve) => clock.after(0, resolve)),
  }
  return (text, steps) => runLongTask(notices.tasks, text, steps, slicing)
}
