import { app, dialog } from 'electron'
import { basename, join } from 'node:path'
import type { BundleJob } from '../../server/bundle/bundleJob'
import { safeFileName } from '../../shared/fileName'
import { ROOM_FILE_CHANNEL } from '../../shared/ipc/channels'
import { roomFilesCalls, type RoomFileProgress } from '../../shared/ipc/roomFiles'
import { ROOM_FILE_ENDING } from '../../shared/roomFile'
import type { DialogTexts } from '../dialogs/texts'
import type { HostedRooms } from '../hosting/hostedRooms'
import type { WindowSession } from '../windows/windowSession'
import type { Router } from './router'

/** `texts`: in the person's language. */
export function serveRoomFiles(
  router: Router,
  rooms: Pick<HostedRooms, 'titleOf' | 'saveToFile' | 'openFile'>,
  texts: () => DialogTexts['roomFile'],
): void {
  const filters = () => [{ name: texts().kind, extensions: [ROOM_FILE_ENDING.slice(1)] }]
  router.serve('roomFiles', roomFilesCalls, {
    choose: async (_, { window, roomFiles }) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        properties: ['openFile'],
        filters: filters(),
      })
      const path = filePaths[0]
      return canceled || path === undefined ? null : roomFiles.take(path)
    },

    takeDropped: ({ path }, { roomFiles }) => roomFiles.take(path),

    save: async ({ taskId, roomId }, session) => {
      const name = safeFileName(rooms.titleOf(roomId) ?? '') + ROOM_FILE_ENDING
      const { canceled, filePath } = await dialog.showSaveDialog(session.window, {
        defaultPath: join(app.getPath('documents'), name),
        filters: filters(),
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      })
      if (canceled || filePath === '') return null
      await runTask(session, taskId, (job) => rooms.saveToFile(roomId, filePath, job))
      return { name: basename(filePath) }
    },

    open: ({ taskId, fileId, listed }, session) => {
      const path = session.roomFiles.pathOf(fileId)
      return runTask(session, taskId, (job) => rooms.openFile(path, listed, job))
    },

    cancel: ({ taskId }, { roomFiles }) => {
      roomFiles.cancel(taskId)
      return undefined
    },
  })
}

/** Does what takes long, and says to the page how far it is. */
function runTask<T>(
  { roomFiles, window: { webContents } }: WindowSession,
  taskId: number,
  work: (job: BundleJob) => Promise<T>,
): Promise<T> {
  const onProgress = (done: number): void => {
    const progress: RoomFileProgress = { taskId, done }
    if (!webContents.isDestroyed()) webContents.send(ROOM_FILE_CHANNEL, progress)
  }
  return roomFiles.run(taskId, (signal) => work({ signal, onProgress }))
}
