import { app, dialog } from 'electron'
import { extname, join } from 'node:path'
import { safeFileName } from '../../shared/fileName'
import { filesCalls } from '../../shared/ipc/files'
import type { Router } from './router'

export function serveFiles(router: Router): void {
  router.serve('files', filesCalls, {
    open: async (_, { window, files }) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties: ['openFile'] })
      const path = filePaths[0]
      return canceled || path === undefined ? null : files.read(path)
    },

    readDropped: ({ path }, { files }) => files.read(path),

    save: async ({ text, suggestedName, format, fileId }, { window, files }) => {
      const known = fileId === undefined ? undefined : files.pathOf(fileId)
      if (known !== undefined) return files.write(known, text, format)
      const name = safeFileName(suggestedName)
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        defaultPath: join(app.getPath('documents'), extname(name) === '' ? `${name}.md` : name),
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      })
      return canceled || filePath === '' ? null : files.write(filePath, text, format)
    },
  })
}
