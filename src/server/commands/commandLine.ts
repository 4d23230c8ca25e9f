import { Command, CommanderError } from 'commander'
import { createLogger, stderrSink, type Logger } from '../logger'
import { START_ERRORS, StartError } from '../startError'
import { serve } from './serve'
import { addServeFlags, type ServeFlags } from './serveFlags'
import { stopOnSignal } from './stopOnSignal'

const USAGE_EXIT_CODE = 2

/** What is particular to the program that has this command line. */
export interface CommandLineOptions {
  /** What follows the program's own name. */
  readonly args: readonly string[]
  /** Folder of the browser client that is built beside it, undefined where there is none. */
  readonly clientFolder: string | undefined
  /** Printed by `--version`, undefined for no such option. */
  readonly version?: string
  /** Printed below the help. */
  readonly helpText?: string
}

/**
 * The headless room server as a command. Exit codes: 0 stopped as asked, 1 could not start, failed, or was stopped by
 * force, 2 wrong usage. Stdout holds one JSON line once it listens; everything else goes to stderr. Returns when the
 * server listens, or when there is nothing more to do: then `process.exitCode` is set.
 */
export async function runCommandLine(options: CommandLineOptions): Promise<'serving' | 'done'> {
  const { args, clientFolder, version, helpText } = options
  let isServing = false
  const program = new Command('inkroom').description('Rooms to write and draw together in.').exitOverride()
  if (version !== undefined) program.version(version)
  if (helpText !== undefined) program.addHelpText('after', `\n${helpText}`)
  addServeFlags(program.command('serve', { isDefault: true }))
    .description('Serve rooms without a screen.')
    .addHelpText('after', `\n${startErrorsText()}`)
    .exitOverride()
    .action(async (flags: ServeFlags) => {
      await runServe(flags, clientFolder)
      isServing = true
    })
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Commander has said on stderr what is wrong, or printed the help that was asked for.
    process.exitCode = error.exitCode === 0 ? 0 : USAGE_EXIT_CODE
  }
  return isServing ? 'serving' : 'done'
}

function startErrorsText(): string {
  const lines = Object.entries(START_ERRORS).map(([code, meaning]) => `  ${code.padEnd(22)} ${meaning}`)
  return ['When it cannot start, stderr names one of these codes and the exit code is 1:', ...lines].join(
    '\n',
  )
}

async function runServe(flags: ServeFlags, clientFolder: string | undefined): Promise<void> {
  const logger = createLogger(flags.logLevel, [stderrSink()])
  process.on('uncaughtException', (error) => {
    logger.error({ err: error }, 'The server met an error that nothing handled, and ends.')
    process.exit(1)
  })
  // Whoever reads stdout may go away after the first line; that is no reason to end.
  process.stdout.on('error', (error) => logger.warn({ err: error }, 'Stdout cannot be written.'))
  try {
    stopOnSignal(await serve(flags, clientFolder, logger), logger)
  } catch (error) {
    fail(error, logger)
  }
}

/** A sentence for people, then the same for programs. */
function fail(error: unknown, logger: Logger): never {
  const code = error instanceof StartError ? error.code : 'start-failed'
  const sentence = error instanceof StartError ? error.message : START_ERRORS[code]
  process.stderr.write(`inkroom: ${code}: ${sentence}\n`)
  logger.error({ code, err: error }, 'The room server could not start.')
  process.exit(1)
}
