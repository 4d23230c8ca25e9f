export const enRoomFile = {
  choose: 'Open room file…',
  save: 'Save room as file…',
  saving: 'Saving “{title}” as a file…',
  saved: 'Saved as {name}',
  opening: 'Opening “{name}”…',
  openTitle: 'Make a room from “{name}”?',
  openText:
    'It becomes a new room on this computer that belongs to you, with all its pages, their history and its pictures. It works without a network. Open only files from people you trust.',
  open: 'Open',
  listed: 'Let others nearby find it',
  listedHint: 'It appears in Inkroom on this network while it is open.',
  drop: 'Drop to open the room in this file',
} as const

/** What went wrong with a room's file, and what to do. */
export const enRoomFileErrors = {
  'bundle-unreadable':
    'The room file could not be read. Check that it still exists and that you may open it, then try again.',
  'bundle-unwritable':
    'The room could not be saved there, and what was there before is unchanged. Choose another folder.',
  'bundle-disk-full':
    'The disk is full, so the room was not saved; what was there before is unchanged. Free some space, or choose another disk.',
  'bundle-foreign':
    'This file is not an Inkroom room, so nothing was opened. Choose a file whose name ends in .inkroom; other files are opened inside a room.',
  'bundle-too-new': 'This room file was made by a newer Inkroom. Update Inkroom, then open it again.',
  'bundle-damaged':
    'This room file is damaged, so nothing was opened. Ask for it again, or open another copy of it.',
  'bundle-too-large':
    'This room file is larger than a room may be, so nothing was opened. Ask whoever made it for a smaller room.',
  'bundle-cancelled': 'Cancelled. Nothing was changed.',
  'file-is-room':
    'This file holds a whole room and not a page. Open it on the home screen with “Open room file…”.',
} as const
