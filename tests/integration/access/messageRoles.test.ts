import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { clientMessageSchema } from '../../../src/shared/protocol/clientMessages'
import { closeCodeOf, isErrorCode } from '../../../src/shared/protocol/errors'
import { newId, type Connection, type Message } from '../documentClient/connection'
import { AccessRoom, AccessServer, SEATS, type Seat } from './accessRoom'
import { dumpRooms } from './dumpRooms'
import { TRIES, type Outcome, type Try } from './messageTable'

let server: AccessServer
beforeAll(async () => {
  server = await AccessServer.start()
})
afterEach(() => server.disconnect())
afterAll(() => server.stop())

/** Last first: what an owner does may change the room for the others. */
const FROM_OUTSIDE = [...SEATS].reverse()

/** Sends a message, and waits for what becomes of it. */
async function outcomeOf(
  connection: Connection,
  message: Message,
  answers: readonly string[],
): Promise<Outcome> {
  const from = connection.messages.length
  connection.send(message)
  // Where nothing answers, the answer to something harmless behind it says that it was handled.
  if (answers.length === 0) connection.send({ type: 'knock', roomId: newId() })
  const find = (): Message | undefined =>
    connection.messages.slice(from).find((each) => answers.includes(each.type) || 'code' in each)
  const answer = await connection.until(find).catch(find)
  if (answer?.type !== 'error' && answers.includes(answer?.type ?? '')) return 'yes'
  const code = String(answer?.['code'])
  if (!isErrorCode(code)) throw new Error(`no answer with a code: ${JSON.stringify(answer)}`)
  return code === 'room-unknown' ? 'yes' : code
}

async function outcomes({
  type,
  message,
  answers = [],
  writes,
  expected,
}: Try): Promise<Record<Seat, Outcome>> {
  const room = await AccessRoom.make(server)
  const found = {} as Record<Seat, Outcome>
  let before = dumpRooms(server.dataFolder)
  for (const seat of FROM_OUTSIDE) {
    const person = room.people[seat]
    found[seat] = await outcomeOf(person.connection, { type, ...message(room, person) }, answers)
    const after = dumpRooms(server.dataFolder)
    if (found[seat] !== 'yes') expect([seat, after]).toEqual([seat, before])
    else if (writes) expect([seat, after]).not.toEqual([seat, before])
    before = after
    const outcome = expected[seat]
    const closes = outcome === 'yes' ? undefined : closeCodeOf(outcome)
    if (closes !== undefined) expect([seat, await ended(person.connection)]).toEqual([seat, closes])
    else expect([seat, person.connection.closed]).toEqual([seat, undefined])
  }
  return found
}

async function ended(connection: Connection): Promise<number | undefined> {
  await connection.until(() => undefined).catch(() => undefined)
  return connection.closed?.code
}

it('I12: has a row for each type of message', () => {
  const types = clientMessageSchema.options.map(({ shape }) => shape.type.value)
  expect([...new Set(TRIES.map(({ type }) => type))].sort()).toEqual([...types].sort())
})

it.each(
  TRIES.map((each): [string, Try] => [`${each.type}${each.way === undefined ? '' : ` ${each.way}`}`, each]),
)('I12: %s is done for those who may and changes nothing for the others', async (_name, each) => {
  expect(await outcomes(each)).toEqual(each.expected)
  expect(server.errors).toEqual([])
})
