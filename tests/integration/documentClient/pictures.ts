/** Section 19 of docs/PROTOCOL.md, written from it alone: nothing of the app is imported here. */
import { sha256, type Connection, type Message } from './connection'

const PIECE_BYTES = 49152

const about = (message: Message, assetId: string): boolean => message['assetId'] === assetId

/** Waits for the next message about a picture, from the message with an index on. */
function answer(connection: Connection, assetId: string, from: number): Promise<Message> {
  return connection.until(() =>
    connection.messages
      .slice(from)
      .find((message) => about(message, assetId) && message.type !== 'assetSought'),
  )
}

/** Uploads a picture from where the server has it. Gives its id, or the code with which it is refused. */
export async function upload(connection: Connection, bytes: Buffer): Promise<string> {
  const assetId = sha256(bytes).toString('hex')
  let from = connection.messages.length
  connection.send({ type: 'assetOffer', assetId, size: bytes.length })
  for (;;) {
    const message = await answer(connection, assetId, from)
    if (message.type === 'assetStored') return assetId
    if (message.type === 'assetRefused') return String(message['code'])
    const index = Number(message['index'])
    const piece = bytes.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES)
    from = connection.messages.length
    connection.send({ type: 'assetPiece', assetId, index, data: piece.toString('base64') })
  }
}

/** Fetches a picture, waiting for it where the room does not have it yet. */
export async function fetchPicture(connection: Connection, assetId: string): Promise<Buffer> {
  const pieces: Buffer[] = []
  for (let size = 1; Buffer.concat(pieces).length < size;) {
    const from = connection.messages.length
    connection.send({ type: 'assetGet', assetId, index: pieces.length })
    const message = await answer(connection, assetId, from)
    if (message.type === 'assetMissing') {
      await connection.until(() =>
        connection.messages
          .slice(from)
          .find((each) => each.type === 'assetStored' && each['assetId'] === assetId),
      )
      continue
    }
    size = Number(message['size'])
    pieces.push(Buffer.from(String(message['data']), 'base64'))
  }
  const bytes = Buffer.concat(pieces)
  if (sha256(bytes).toString('hex') !== assetId) throw new Error('this is another picture')
  return bytes
}
