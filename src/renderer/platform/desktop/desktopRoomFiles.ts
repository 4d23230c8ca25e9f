import type { Bridge } from '../../../shared/ipc/bridge'
import type { HostedRoomMessage } from '../../../shared/ipc/hosting'
import type { Reply } from '../../../shared/ipc/contract'
import type { HostedRoom, PlatformTask, RoomFiles } from '../platform'
import { valueOf } from './valueOf'

/** Rooms in files, as main writes and reads them. `roomOf`: a room as the app knows it. */
export function createDesktopRoomFiles(
  calls: Bridge['roomFiles'],
  roomOf: (message: HostedRoomMessage) => HostedRoom,
): RoomFiles {
  let lastTaskId = 0
  const tasks = new Map<number, PlatformTask>()
  calls.onProgress(({ taskId, done }) => tasks.get(taskId)?.onProgress(done))

  async function run<T>(task: PlatformTask, start: (taskId: number) => Promise<Reply<T>>): Promise<T> {
    const taskId = ++lastTaskId
    const cancel = (): void => void calls.cancel({ taskId })
    tasks.set(taskId, task)
    task.signal.addEventListener('abort', cancel, { once: true })
    try {
      return await valueOf(start(taskId))
    } finally {
      tasks.delete(taskId)
      task.signal.removeEventListener('abort', cancel)
    }
  }

  return {
    choose: async () => (await valueOf(calls.choose())) ?? undefined,
    takeDropped: (file) => valueOf(calls.takeDropped(file)),
    save: async (roomId, task) => (await run(task, (taskId) => calls.save({ taskId, roomId }))) ?? undefined,
    open: async ({ fileId }, listed, task) =>
      roomOf(await run(task, (taskId) => calls.open({ taskId, fileId, listed }))),
  }
}
