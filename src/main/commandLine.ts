import { resolve } from 'node:path'
import { parseRoomLink } from '../shared/roomLink'

/** What the app was started with besides Chromium's own switches. */
export interface CommandLine {
  /** `--user-data-dir=DIR`: where this app keeps its data. Apps with different folders run side by side. */
  readonly userData: string | undefined
  /** `--host=ADDRESS`: where the room server listens, at every address by default. Tests bind 127.0.0.1. */
  readonly host: string | undefined
  /** `--no-discovery`: neither announces rooms in the network nor looks for any. Tests do not. */
  readonly discovery: boolean
  /** `--discovery-interface=ADDRESS`: does so on the network card with this address only. */
  readonly discoveryInterface: string | undefined
  readonly start: StartArgument | undefined
}

/** What a window opens with: `inkroom LINK` or `inkroom FILE`. */
export type StartArgument =
  | {
      readonly link: string
      /** Another program may have asked for it, such as a web page: nothing is joined before the person agrees. */
      readonly needsConfirmation: boolean
    }
  | { readonly file: string }

/**
 * `argv` is the whole argument list, the program first. `appPath` is the app's folder, which is an argument too
 * where the app is not packaged. Chromium may reorder the list it hands to a running app, so positions mean nothing but
 * one: what follows `--` is no switch, whatever it looks like. The system starts the app that way with the links that
 * other programs open.
 */
export function parseCommandLine(
  argv: readonly string[],
  workingFolder: string,
  appPath: string,
): CommandLine {
  let userData: string | undefined
  let host: string | undefined
  let discovery = true
  let discoveryInterface: string | undefined
  let start: StartArgument | undefined
  let onlyArguments = false
  for (let index = 1; index < argv.length; index++) {
    const argument = argv[index] ?? ''
    if (argument === '') continue
    else if (onlyArguments) start ??= startOfDeepLink(argument) ?? startArgument(argument, workingFolder)
    else if (argument === '--') onlyArguments = true
    // Modules that test tools load into Electron.
    else if (argument === '-r' || argument === '--require') index++
    else if (argument.startsWith('--user-data-dir=')) userData ??= pathOf(valueOf(argument), workingFolder)
    else if (argument.startsWith('--host=')) host ??= valueOf(argument) || undefined
    else if (argument === '--no-discovery') discovery = false
    else if (argument.startsWith('--discovery-interface='))
      discoveryInterface ??= valueOf(argument) || undefined
    else if (argument.startsWith('-')) continue
    else if (resolve(workingFolder, argument) !== resolve(appPath))
      start ??= startArgument(argument, workingFolder)
  }
  return { userData, host, discovery, discoveryInterface, start }
}

function valueOf(argument: string): string {
  return argument.slice(argument.indexOf('=') + 1)
}

function pathOf(value: string, workingFolder: string): string | undefined {
  return value === '' ? undefined : resolve(workingFolder, value)
}

/** A link to a room that another program opened; undefined where it is none. */
export function startOfDeepLink(link: string): StartArgument | undefined {
  return isRoomLink(link) ? { link, needsConfirmation: true } : undefined
}

function startArgument(argument: string, workingFolder: string): StartArgument | undefined {
  if (DEEP_LINK.test(argument)) return startOfDeepLink(argument)
  if (isRoomLink(argument)) return { link: argument, needsConfirmation: false }
  // Another address is no file either.
  return /^[a-z][a-z0-9+.-]+:/i.test(argument) ? undefined : { file: resolve(workingFolder, argument) }
}

/** Only this scheme is handed to the app by the system; web links are typed by a person, or their script. */
const DEEP_LINK = /^inkroom:/i

/** Control characters, which are dropped when an address is read: what a person is shown would not be what is joined. */
const CONTROL = /\p{Cc}/u

function isRoomLink(text: string): boolean {
  return !CONTROL.test(text) && parseRoomLink(text) !== undefined
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
