import { z } from 'zod'
import { audienceSchema } from '../identity/audience'
import { settingsSchema } from '../settings'
import { idSchema, keySchema, nonceSchema, signatureSchema } from '../protocol/values'
import { call } from './contract'
import { openedFileSchema } from './files'
import { roomFileSchema } from './roomFiles'

/** The window itself: how it starts, the clipboard, addresses outside the app, the menu. */

export const MENU_COMMANDS = [
  'host-room',
  'join-room',
  'new-page',
  'new-board',
  'open-file',
  'save-file',
  'export-file',
  'open-room-file',
  'save-room-file',
  'invite',
  'leave-room',
  'undo',
  'redo',
  'find',
  'toggle-sidebar',
  'settings',
  'shortcuts',
] as const
export const menuCommandSchema = z.enum(MENU_COMMANDS)
export type MenuCommand = z.infer<typeof menuCommandSchema>

/** Longest text that is put on the clipboard, in UTF-16 units. */
const MAX_CLIPBOARD_LENGTH = 64 * 1024 * 1024

export const startSchema = z.object({
  /** Public half of the device's key. */
  deviceKey: keySchema,
  settings: settingsSchema,
  /** Whether this app looks for rooms nearby. */
  looksNearby: z.boolean(),
  /** Room link this window was opened with. */
  startLink: z.string().optional(),
  /** True where another program asked for `startLink`, such as a web page: it is not joined before the person agrees. */
  startLinkNeedsConfirmation: z.boolean().optional(),
  /** Room that this window was opened for, one the device knows. */
  startRoom: idSchema.optional(),
  /** File this window was opened with. */
  startFile: openedFileSchema.optional(),
  /** The same where it holds a room. */
  startRoomFile: roomFileSchema.optional(),
})

export const appCalls = {
  /** Starts the session of a page load; everything of the load before ends. Comes before any other call. */
  start: call(z.undefined(), startSchema),
  /**
   * The device's signature for a login. Main puts the signed text together itself, so that a page, whatever has
   * become of it, has nothing else signed, and only for an audience that a socket of the page is open to.
   */
  signLogin: call(
    z.object({ audience: audienceSchema, nonce: nonceSchema, windowId: idSchema }),
    signatureSchema,
  ),
  /** Which commands of the menu bar mean something on the page now. */
  setMenuCommands: call(
    z.object({ commands: z.array(menuCommandSchema).max(MENU_COMMANDS.length) }),
    z.undefined(),
  ),
  /** Which room the page shows. */
  setShownRoom: call(z.object({ roomId: idSchema.nullable() }), z.undefined()),
  /** Opens a window with a room the device knows, or brings the one that shows it to the front. */
  openRoomWindow: call(z.object({ roomId: idSchema }), z.undefined()),
  copyText: call(z.string().max(MAX_CLIPBOARD_LENGTH), z.undefined()),
  /** Pastes into what has the focus. Refused unless the person has just pressed something in the window. */
  paste: call(z.undefined(), z.undefined()),
  /** Asks the person first, showing the address. */
  openExternal: call(z.string().max(8192), z.undefined()),
}
