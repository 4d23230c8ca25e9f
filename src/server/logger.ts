import pino from 'pino'
import { redactSecrets } from './redactSecrets'

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

/** Takes lines of a log, each with its line break, and has written them when it returns. */
export interface LineSink {
  write(line: string): void
}

/** Writes to stderr. Stdout stays free for what scripts read. */
export function stderrSink(): LineSink {
  const destination = pino.destination({ dest: STDERR, sync: true })
  // The terminal may be gone. That must not end what is logged about.
  destination.on('error', () => undefined)
  return destination
}

/**
 * A logger that writes JSON lines without secrets, synchronously: the last line before an exit is the one that
 * matters.
 */
export function createLogger(level: LogLevel, sinks: readonly LineSink[]): Logger {
  const write = (line: string): void => {
    const clean = redactSecrets(line)
    for (const sink of sinks) sink.write(clean)
  }
  return pino({ level, base: null }, { write })
}

/** Logs nothing. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}
