import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError } from 'commander'
import { serve } from './commands/serve'
import { addServeFlags, type ServeFlags } from './commands/serveFlags'
import { stopOnSignal } from './commands/stopOnSignal'
import { createLogger, stderrSink, type Logger } from './logger'
import { START_ERRORS, StartError } from './startError'

/*
 * The headless room server. Exit codes: 0 stopped as asked, 1 could not start, failed, or was stopped by force,
 * 2 wrong usage. Stdout holds one JSON line once it listens; everything else goes to stderr.
 */

const USAGE_EXIT_CODE = 2

/** The build puts the browser client into a folder beside this program's. */
function builtClientFolder(): string | undefined {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'renderer')
  return existsSync(join(folder, 'index.html')) ? folder : undefined
}

/** A sentence for people, then the same for programs. */
function fail(error: unknown, logger: Logger): never {
  const code = error instanceof StartError ? error.code : 'start-failed'
  const sentence = error instanceof StartError ? error.message : START_ERRORS[code]
  process.stderr.write(`inkroom: ${code}: ${sentence}\n`)
  logger.error({ code, err: error }, 'The room server could not start.')
  process.exit(1)
}

async function runServe(flags: ServeFlags): Promise<void> {
  const logger = createLogger(flags.logLevel, [stderrSink()])
  process.on('uncaughtException', (error) => {
    logger.error({ err: error }, 'The server met an error that nothing handled, and ends.')
    process.exit(1)
  })
  // Whoever reads stdout may go away after the first line; that is no reason to end.
  process.stdout.on('error', (error) => logger.warn({ err: error }, 'Stdout cannot be written.'))
  try {
    stopOnSignal(await serve(flags, builtClientFolder(), logger), logger)
  } catch (error) {
    fail(error, logger)
  }
}

const program = new Command('inkroom').description('Rooms to write and draw together in.').exitOverride()
addServeFlags(program.command('serve', { isDefault: true }))
  .description('Serve rooms without a screen.')
  .addHelpText(
    'after',
    `\nWhen it cannot start, stderr names one of these codes and the exit code is 1:\n${Object.entries(
      START_ERRORS,
    )
      .map(([code, meaning]) => `  ${code.padEnd(22)} ${meaning}`)
      .join('\n')}`,
  )
  .exitOverride()
  .action((flags: ServeFlags) => runServe(flags))

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  // Commander has said on stderr what is wrong, or printed the help that was asked for.
  process.exitCode = error.exitCode === 0 ? 0 : USAGE_EXIT_CODE
}
