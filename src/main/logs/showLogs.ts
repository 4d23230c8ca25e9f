import { shell } from 'electron'
import { mkdir } from 'node:fs/promises'
import type { Logger } from '../../server/logger'

/** Opens the folder of the logs in the system's file manager. */
export async function showLogs(folder: string, log: Logger): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    const problem = await shell.openPath(folder)
    if (problem !== '') log.warn({ problem }, 'cannot show the folder of the logs')
  } catch (error) {
    log.warn({ err: error }, 'cannot show the folder of the logs')
  }
}
