import pino from 'pino'

/** What the server's parts log with: fields first, then one English sentence. A pino logger is one. */
export interface Logger {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

const STDERR = 2

/**
 * A logger that writes JSON lines to stderr, synchronously: the last line before an exit is the one that matters.
 * Stdout stays free for what scripts read.
 */
export function createStderrLogger(level: LogLevel): Logger {
  return pino({ level, base: null }, pino.destination({ dest: STDERR, sync: true }))
}

/** Logs nothing. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}
