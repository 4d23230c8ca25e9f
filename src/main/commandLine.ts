import { resolve } from 'node:path'
import { parseRoomLink } from '../shared/roomLink'

/** What the app was started with besides Chromium's own switches. */
export interface CommandLine {
  /** `--user-data-dir=DIR`: where this app keeps its data. Apps with different folders run side by side. */
  readonly userData: string | undefined
  /** `--host=ADDRESS`: where the room server listens, every interface by default. Tests bind 127.0.0.1. */
  readonly host: string | undefined
  readonly start: StartArgument | undefined
}

/** What the first window opens with: `inkroom LINK` or `inkroom FILE`. */
export type StartArgument = { readonly link: string } | { readonly file: string }

/**
 * `argv` is the whole argument list, the program first. `appPath` is the app's folder, which is an argument too
 * where the app is not packaged. Chromium may reorder the list it hands to a running app, so positions mean nothing.
 */
export function parseCommandLine(
  argv: readonly string[],
  workingFolder: string,
  appPath: string,
): CommandLine {
  let userData: string | undefined
  let host: string | undefined
  let start: StartArgument | undefined
  for (let index = 1; index < argv.length; index++) {
    const argument = argv[index] ?? ''
    // Modules that test tools load into Electron.
    if (argument === '-r' || argument === '--require') index++
    else if (argument.startsWith('--user-data-dir=')) userData ??= pathOf(valueOf(argument), workingFolder)
    else if (argument.startsWith('--host=')) host ??= valueOf(argument) || undefined
    else if (argument.startsWith('-') || argument === '') continue
    else if (resolve(workingFolder, argument) !== resolve(appPath))
      start ??= startArgument(argument, workingFolder)
  }
  return { userData, host, start }
}

function valueOf(argument: string): string {
  return argument.slice(argument.indexOf('=') + 1)
}

function pathOf(value: string, workingFolder: string): string | undefined {
  return value === '' ? undefined : resolve(workingFolder, value)
}

function startArgument(argument: string, workingFolder: string): StartArgument | undefined {
  if (parseRoomLink(argument) !== undefined) return { link: argument }
  // Another address is no file either.
  return /^[a-z][a-z0-9+.-]+:/i.test(argument) ? undefined : { file: resolve(workingFolder, argument) }
}

/** Words that stand for the command line and not for a file to open. They mean the same to resources/linux/inkroom.sh. */
const COMMANDS = ['serve', 'help']
const COMMAND_FLAGS = ['-h', '--help', '-V', '--version']

/**
 * The arguments of a start without windows, such as `inkroom serve --port 4660`, from the word on that says so;
 * undefined where the app shall open. Switches before that word are Chromium's.
 */
export function commandArguments(
  argv: readonly string[],
  workingFolder: string,
  appPath: string,
): readonly string[] | undefined {
  for (let index = 1; index < argv.length; index++) {
    const argument = argv[index] ?? ''
    if (argument === '-r' || argument === '--require') index++
    else if (COMMAND_FLAGS.includes(argument)) return argv.slice(index)
    else if (argument.startsWith('-') || argument === '') continue
    else if (COMMANDS.includes(argument)) return argv.slice(index)
    else if (resolve(workingFolder, argument) !== resolve(appPath)) return undefined
  }
  return undefined
}
