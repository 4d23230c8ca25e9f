import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '../../../../src/server/core/serverLimits'
import { PagePresence } from '../../../../src/server/core/pagePresence'
import { parseServerMessage } from '../../../../src/shared/protocol/parse'
import type { ServerMessageOf } from '../../../../src/shared/protocol/serverMessages'
import { idOf } from '../../../lib/idOf'
import { PageGround, TestWriter, type TestPage } from '../authority/pageGround'

const [ADA, BOB] = [idOf('session of ada'), idOf('session of bob')]
const TICK_MS = 100

/** The presence of a page whose content is "hello". */
class PresenceGround {
  readonly frames: ServerMessageOf<'presence'>[] = []
  readonly presence: PagePresence
  receivers = 1
  readonly #writer = new TestWriter('zoe')

  private constructor(readonly page: TestPage) {
    this.presence = new PagePresence(
      page.authority,
      page.ground.clock,
      () => this.receivers,
      (frame) => this.frames.push(parsed(frame)),
      DEFAULT_LIMITS,
    )
  }

  static async create(keepRecent = 100): Promise<PresenceGround> {
    const ground = new PresenceGround(await (await PageGround.create({ keepRecent })).page())
    await ground.commit(['hello'])
    return ground
  }

  async commit(op: unknown): Promise<void> {
    await this.page.outcomeOf(this.#writer.next(op, this.page.head))
  }

  tick(): void {
    this.page.ground.clock.advance(TICK_MS)
  }

  /** Who is where, by the last frame. */
  get last(): unknown {
    return this.frames.at(-1)
  }
}

function parsed(frame: string | undefined): ServerMessageOf<'presence'> {
  const message = parseServerMessage(frame ?? '')
  if (message.type !== 'presence') throw new Error(`a ${message.type} message`)
  return message
}

describe('where people are in a page', () => {
  it('P1: goes out in coordinates of the newest version, whatever version it came in', async () => {
    const ground = await PresenceGround.create()
    ground.presence.set(ADA, 1, [2, 5])
    await ground.commit(['>> '])
    await ground.commit([3, -1])
    ground.tick()
    expect(ground.last).toEqual({
      type: 'presence',
      pageId: ground.page.authority.pageId,
      version: 3,
      people: [{ sessionId: ADA, place: [4, 7] }],
    })
  })

  it('L8: that changes more often than a frame goes out costs the others nothing: the latest place counts', async () => {
    const ground = await PresenceGround.create()
    for (let i = 0; i < 10_000; i += 1) ground.presence.set(ADA, 1, [i % 6])
    expect(ground.frames).toHaveLength(0)
    ground.tick()
    expect(ground.frames).toMatchObject([{ people: [{ sessionId: ADA, place: [9_999 % 6] }] }])
  })

  it('P1: moves on with every later version for those who come later', async () => {
    const ground = await PresenceGround.create()
    ground.presence.set(ADA, 1, [5])
    ground.tick()
    await ground.commit(['12'])
    await ground.commit(['34'])
    expect(parsed(ground.presence.everybody())).toMatchObject({ version: 3, people: [{ place: [9] }] })
  })

  it('P1: of somebody who stands still is known however much others write', async () => {
    const ground = await PresenceGround.create(250)
    ground.presence.set(ADA, 1, [5])
    for (let i = 0; i < 900; i++) {
      await ground.commit(['x'])
      ground.presence.set(BOB, i + 2, [i])
      ground.tick()
    }
    expect(parsed(ground.presence.everybody()).people).toEqual([
      { sessionId: ADA, place: [905] },
      { sessionId: BOB, place: [899] },
    ])
  })

  it('P3: that changes within one tick goes out in one message, each at its last place', async () => {
    const ground = await PresenceGround.create()
    ground.presence.set(ADA, 1, [0])
    ground.presence.set(BOB, 1, [1])
    ground.presence.set(ADA, 1, [4])
    ground.tick()
    expect(ground.frames).toHaveLength(1)
    expect(ground.last).toMatchObject({
      people: [
        { sessionId: ADA, place: [4] },
        { sessionId: BOB, place: [1] },
      ],
    })
    ground.tick()
    expect(ground.frames).toHaveLength(1)
  })

  it('P3: goes out less often the more receivers there are', async () => {
    const ground = await PresenceGround.create()
    ground.receivers = 1_000
    ground.presence.set(ADA, 1, [0])
    ground.page.ground.clock.advance(50)
    expect(ground.frames).toHaveLength(0)
    ground.tick()
    expect(ground.frames).toHaveLength(1)
  })

  it('P4: goes when it is taken back, once, and comes again', async () => {
    const ground = await PresenceGround.create()
    ground.presence.set(ADA, 1, [0])
    ground.tick()
    ground.presence.set(ADA, 0, null)
    ground.presence.set(ADA, 0, null)
    ground.tick()
    expect(ground.last).toMatchObject({ people: [{ sessionId: ADA, place: null }] })
    ground.presence.set(BOB, 0, null)
    ground.tick()
    expect(ground.frames).toHaveLength(2)
    ground.presence.set(ADA, 1, [3])
    ground.tick()
    expect(ground.last).toMatchObject({ people: [{ sessionId: ADA, place: [3] }] })
  })

  it('P4: that is taken back within the tick it came in is told as gone', async () => {
    const ground = await PresenceGround.create()
    ground.presence.set(ADA, 1, [0])
    ground.presence.set(ADA, 0, null)
    ground.tick()
    expect(ground.last).toMatchObject({ people: [{ sessionId: ADA, place: null }] })
  })

  it('P5: at a version to come is left out', async () => {
    const ground = await PresenceGround.create()
    ground.presence.set(ADA, 2, [0])
    ground.tick()
    expect([ground.frames, ground.presence.everybody()]).toEqual([[], undefined])
  })

  it('P5: at a version too old to be mapped is left out, and does not hold up the others', async () => {
    const ground = await PresenceGround.create(2)
    for (let i = 0; i < 6; i++) await ground.commit(['x'])
    ground.presence.set(ADA, 1, [0])
    ground.presence.set(BOB, 7, [1])
    ground.tick()
    expect(ground.last).toMatchObject({ people: [{ sessionId: BOB, place: [1] }] })
  })

  it('P6: is told to whoever has caught up, also of those who have gone meanwhile', async () => {
    const ground = await PresenceGround.create()
    ground.presence.set(ADA, 1, [0])
    ground.presence.set(BOB, 1, [1])
    ground.presence.set(ADA, 0, null)
    const everybody = [
      { sessionId: BOB, place: [1] },
      { sessionId: ADA, place: null },
    ]
    expect(parsed(ground.presence.everybody()).people).toEqual(everybody)
    ground.presence.set(ADA, 1, [2])
    expect(parsed(ground.presence.everybody()).people).toEqual([
      { sessionId: BOB, place: [1] },
      { sessionId: ADA, place: [2] },
    ])
  })

  it('P6: forgets those who have gone long ago', async () => {
    const ground = await PresenceGround.create()
    for (let i = 0; i < 300; i++) {
      ground.presence.set(idOf(`visitor ${i}`), 1, [0])
      ground.presence.set(idOf(`visitor ${i}`), 0, null)
    }
    const { people } = parsed(ground.presence.everybody())
    expect(people.map(({ sessionId }) => sessionId)).toEqual(
      Array.from({ length: 200 }, (_, index) => idOf(`visitor ${index + 100}`)),
    )
  })

  it('P4: is told to nobody after the page is closed', async () => {
    const ground = await PresenceGround.create()
    ground.presence.set(ADA, 1, [0])
    ground.presence.close()
    ground.tick()
    expect(ground.frames).toEqual([])
  })
})
