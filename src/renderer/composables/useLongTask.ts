import type { Steps } from '../../shared/board/steps'
import { runLongTask } from '../app/longTask'
import { useNotices } from '../app/notices'

/** Does work that takes long in slices, shown with how far it is; resolves with undefined where it was cancelled. */
export type DoLongTask = <T>(text: string, steps: Steps<T>) => Promise<T | undefined>

/** Call in `setup`. */
export function useLongTask(): DoLongTask {
  const notices = useNotices()
  // Both by the machine's own time, not by the app's clock: it is this thread that works and has to be let go.
  const slicing = {
    now: () => performance.now(),
    turn: () => new Promise<void>((resolve) => void setTimeout(resolve, 0)),
  }
  return (text, steps) => runLongTask(notices.tasks, text, steps, slicing)
}
