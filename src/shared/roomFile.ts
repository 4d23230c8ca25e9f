/** What the app and its room server's process agree on about rooms in files. docs/BUNDLE.md has the whole. */

/** Ending of a room's file. */
export const ROOM_FILE_ENDING = '.inkroom'

/** Whether a file's name says that it holds a room. */
export function isRoomFileName(name: string): boolean {
  return name.toLowerCase().endsWith(ROOM_FILE_ENDING)
}

/** Stable codes of what can be wrong with a room in a file. */
export const BUNDLE_ERRORS = {
  'bundle-unreadable': 'The file cannot be read.',
  'bundle-unwritable': 'The file cannot be written.',
  'bundle-disk-full': 'There is no space left where the file is to be.',
  'bundle-foreign': 'The file is no Inkroom room.',
  'bundle-too-new': 'The file was written by a newer version of Inkroom.',
  'bundle-damaged': 'The file is damaged.',
  'bundle-too-large': 'The file holds more than a room may have.',
  'bundle-cancelled': 'It was cancelled.',
} as const
export type BundleErrorCode = keyof typeof BUNDLE_ERRORS
