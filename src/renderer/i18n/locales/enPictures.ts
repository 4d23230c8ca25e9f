/** English texts about pictures on whiteboards. */
export const enPictures = {
  loading: 'Loading {percent}%',
  loadingFirst: 'Loading…',
  waiting: 'Waiting for the person who added it',
  waitingDetail: 'It has not reached the room yet.',
  unconnected: 'Waiting for the connection',
  failed: 'Could not be loaded',
  retry: '{reason} Double-click to try again.',
  broken: 'Damaged picture',
  brokenDetail: 'It has arrived whole, but this device cannot show it.',
  missing: 'No picture here',
  missingDetail: 'It was not in the file this came from.',
  sending: 'Sending {percent}%',
  unsent: 'Not sent yet',
  status: '{name}, {status}',
  describe: 'Describe…',
  description: 'What the picture shows, for people who cannot see it',
  adding: 'Adding picture {n} of {count}',
  added: 'One picture added | {n} pictures added',
  refused: '“{name}” was not added. {reason}',
  refusedMany:
    '{n} files were not added: {names}. Pictures may be PNG, JPEG, GIF or WebP, up to 10 MB and 50 million pixels.',
  notBrought: 'A picture could not be taken along. {reason}',
  pasteByKey: 'Here only the keyboard can paste: press {keys}.',
  leftOut:
    'One picture is not on this device yet and was left out. | {n} pictures are not on this device yet and were left out.',
  fetching: 'Fetching the pictures first…',
  importLost: 'One picture of the file could not be taken. | {n} pictures of the file could not be taken.',
  importNotJson:
    '“{name}” is no Excalidraw drawing: what is in it is not JSON, so it is cut off or of another program. The board is as it was.',
  importOtherKind:
    '“{name}” is no Excalidraw drawing: it is JSON, but of another kind. The board is as it was.',
  importBroken:
    '“{name}” is an Excalidraw drawing, but its list of shapes is damaged or has more than 50,000. The board is as it was.',
} as const
