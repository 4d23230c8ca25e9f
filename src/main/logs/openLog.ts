import { join } from 'node:path'
import { createLogger, stderrSink, type Logger } from '../../server/logger'
import { RotatingFile } from './rotatingFile'

/** Folder of the logs in the user data folder. */
export function logFolderOf(userData: string): string {
  return join(userData, 'logs')
}

/** The log of one process: on stderr for who started the app in a terminal, and in a file. One process per name. */
export function openLog(folder: string, name: 'main' | 'room-server'): Logger {
  return createLogger('info', [stderrSink(), new RotatingFile({ folder, name })])
}
