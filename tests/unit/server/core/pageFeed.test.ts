import { describe, expect, it } from 'vitest'
import { encodeSnapshot, PageFeed } from '../../../../src/server/core/pageFeed'
import { encodeUpdates } from '../../../../src/server/core/updateFrames'
import type { StoredUpdate } from '../../../../src/server/storage/roomStore'
import { parseServerMessage } from '../../../../src/shared/protocol/parse'
import type { ServerMessage, ServerMessageOf } from '../../../../src/shared/protocol/serverMessages'
import type { Socket } from '../../../../src/shared/socket'
import { idOf } from '../../../lib/idOf'
import { ManualClock } from '../../../lib/manualClock'

const PAGE_ID = idOf('page')
const SIGNATURE = 'A'.repeat(86)
const MAX_BUFFERED = 1_000
const RETRY_MS = 20

function stored(version: number, op: unknown = ['x']): StoredUpdate {
  const update = {
    clientId: idOf('ada'),
    after: version - 1,
    seq: version,
    author: idOf('device'),
    time: 1,
    op,
  }
  return { version, hash: version.toString(16).padStart(64, '0'), update }
}

/** A feed over a log that a test lengthens, to a socket whose buffer a test fills and empties. */
class FeedGround implements Socket {
  readonly clock = new ManualClock()
  readonly messages: ServerMessage[] = []
  readonly errors: unknown[] = []
  readonly log: StoredUpdate[] = []
  /** Bytes that the receiver has not read. */
  buffered = 0
  /** Whether a sent frame stays in the buffer. */
  reads: boolean
  wentLive = 0
  gaps = 0
  /** While set, reading the log waits for it. */
  reading: Promise<void> | undefined
  readonly feed: PageFeed

  constructor(from = 0, pieces: readonly string[] = [], length = 0, pieceLength = 10_000, reads = true) {
    this.reads = reads
    this.extend(length)
    this.feed = new PageFeed(
      {
        pageId: PAGE_ID,
        sessionId: idOf('session'),
        socket: this,
        clock: this.clock,
        maxBufferedBytes: MAX_BUFFERED,
        pieceLength,
        head: () => ({ version: this.log.length, signature: SIGNATURE }),
        readAfter: (version) => {
          const read = this.log.slice(version, version + 10)
          return this.reading === undefined ? read : this.reading.then(() => read)
        },
        onLive: () => {
          this.wentLive += 1
        },
        onGap: () => {
          this.gaps += 1
        },
        onError: (error) => this.errors.push(error),
      },
      from,
      pieces,
    )
    this.feed.start()
  }

  get updates(): ServerMessageOf<'updates'>[] {
    return this.messages.filter((message) => message.type === 'updates')
  }

  /** Versions sent, in order. */
  get versions(): number[] {
    return this.updates.flatMap(({ from, updates }) => updates.map((_, index) => from + index + 1))
  }

  extend(count: number, op?: unknown): StoredUpdate[] {
    const added = Array.from({ length: count }, (_, index) => stored(this.log.length + index + 1, op))
    this.log.push(...added)
    return added
  }

  /** Commits and pushes, as the page does. */
  commit(count: number, op?: unknown): void {
    const from = this.log.length
    const frames = encodeUpdates(PAGE_ID, this.extend(count, op), SIGNATURE, 10_000)
    this.feed.push(frames, from, this.log.length)
  }

  get bufferedAmount(): number {
    return this.buffered
  }

  send(frame: string): void {
    this.messages.push(parseServerMessage(frame))
    if (!this.reads) this.buffered += frame.length
  }

  close(): void {
    throw new Error('a feed closes no connection')
  }

  /** The time after which a receiver that did not read is looked at again. */
  async retry(): Promise<void> {
    await settle()
    this.clock.advance(RETRY_MS)
    await settle()
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve()
}

describe('a feed', () => {
  it('D4: sends what was committed since, then each batch as one frame', () => {
    const ground = new FeedGround(2, [], 5)
    ground.commit(1)
    ground.commit(3)
    expect(ground.versions).toEqual([3, 4, 5, 6, 7, 8, 9])
    expect(ground.updates.map(({ from, updates }) => [from, updates.length])).toEqual([
      [2, 3],
      [5, 1],
      [6, 3],
    ])
  })

  it('D4: sends each version once while it still catches up from the store', async () => {
    const ground = new FeedGround(0, [], 0)
    let release: () => void = () => undefined
    ground.reading = new Promise((resolve) => {
      release = resolve
    })
    ground.extend(25)
    ground.commit(2)
    await settle()
    ground.commit(2)
    expect(ground.versions).toEqual([])
    release()
    ground.reading = undefined
    await settle()
    ground.commit(1)
    expect(ground.versions).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
    expect(ground.wentLive).toBe(2)
  })

  it('D3: sends the pieces of a snapshot before any update', () => {
    const ground = new FeedGround(3, encodeSnapshot(PAGE_ID, 'hello world', 4), 5)
    const types = ground.messages.map(({ type }) => type)
    expect(types).toEqual(['snapshot', 'snapshot', 'snapshot', 'updates'])
    expect(ground.versions).toEqual([4, 5])
  })

  it('D5: sends nothing to a receiver that does not read, and everything once it has read', async () => {
    const ground = new FeedGround()
    ground.buffered = MAX_BUFFERED + 1
    for (let i = 0; i < 30; i++) ground.commit(1)
    for (let i = 0; i < 10; i++) await ground.retry()
    expect(ground.versions).toEqual([])
    ground.buffered = 0
    await ground.retry()
    expect(ground.versions).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
    ground.commit(1)
    expect(ground.versions.at(-1)).toBe(31)
  })

  it('D5: looks again at a receiver that does not read with one timer, however much was committed', async () => {
    const ground = new FeedGround()
    ground.buffered = MAX_BUFFERED + 1
    for (let i = 0; i < 10; i++) {
      ground.commit(1)
      await settle()
    }
    expect(ground.clock.waiting).toBe(1)
    await ground.retry()
    expect(ground.clock.waiting).toBe(1)
  })

  it('D5: queues at most one frame above the limit to a receiver that stops reading while it catches up', async () => {
    const ground = new FeedGround(0, [], 0, 300)
    ground.buffered = MAX_BUFFERED + 1
    for (let i = 0; i < 8; i++) ground.commit(1, ['x'.repeat(400)])
    ground.buffered = 0
    ground.reads = false
    await ground.retry()
    expect(ground.versions).toEqual([1, 2])
    ground.buffered = 0
    await ground.retry()
    expect(ground.versions).toEqual([1, 2, 3, 4])
  })

  it('D5: stops in the middle of a snapshot, and goes on with the next piece', async () => {
    const ground = new FeedGround(0, encodeSnapshot(PAGE_ID, 'x'.repeat(2_400), 400), 0, 10_000, false)
    const sent = (): number => ground.messages.length
    expect(sent()).toBe(3)
    await ground.retry()
    expect(sent()).toBe(3)
    ground.buffered = 0
    await ground.retry()
    expect(ground.messages.map((message) => 'index' in message && message.index)).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('D6: signs the last frame of a catch-up and of a batch, and no frame before', () => {
    const ground = new FeedGround(0, [], 25)
    ground.commit(2)
    expect(ground.updates.map(({ from, signature }) => [from, signature])).toEqual([
      [0, undefined],
      [10, undefined],
      [20, SIGNATURE],
      [25, SIGNATURE],
    ])
  })

  it('P6: sends no presence to a receiver that is behind, and asks for everybody when it has caught up', async () => {
    const ground = new FeedGround()
    expect(ground.wentLive).toBe(1)
    ground.feed.sendIfLive('{"type":"heartbeat"}')
    ground.buffered = MAX_BUFFERED + 1
    ground.commit(1)
    ground.feed.sendIfLive('{"type":"heartbeat"}')
    expect(ground.messages).toHaveLength(1)
    ground.buffered = 0
    await ground.retry()
    expect(ground.wentLive).toBe(2)
  })

  it('D4: sends nothing after it is closed, and leaves no timer', async () => {
    const ground = new FeedGround()
    ground.buffered = MAX_BUFFERED + 1
    ground.commit(1)
    ground.feed.close()
    expect(ground.clock.waiting).toBe(0)
    ground.buffered = 0
    await ground.retry()
    ground.commit(1)
    expect([ground.messages, ground.clock.waiting]).toEqual([[], 0])
  })

  it('D4: ends where the log has a gap, or no longer reaches back, instead of sending it', async () => {
    const ground = new FeedGround(3, [], 0)
    ground.log.push(stored(1), stored(2), stored(3), stored(5))
    ground.feed.push([], 2, 4)
    await settle()
    ground.commit(1)
    await settle()
    expect([ground.messages, ground.gaps, ground.clock.waiting]).toEqual([[], 1, 0])
  })
})

describe('the pieces of a content', () => {
  it.each([
    ['', 4, ['']],
    ['abcd', 4, ['abcd']],
    ['abcde', 4, ['abcd', 'e']],
    ['abc😀e', 4, ['abc', '😀e']],
    ['😀😀😀', 3, ['😀', '😀', '😀']],
  ])('D3: of %j in pieces of %i join to it and split no surrogate pair', (text, pieceLength, expected) => {
    const pieces = encodeSnapshot(PAGE_ID, text, pieceLength).map((frame) => parseServerMessage(frame))
    expect(pieces).toEqual(
      expected.map((piece, index) => ({
        type: 'snapshot',
        pageId: PAGE_ID,
        index,
        count: expected.length,
        text: piece,
      })),
    )
  })
})

describe('the frames of updates', () => {
  it('D4: are about as long as asked for, one update at least, and follow each other', () => {
    const updates = [
      stored(4, ['x'.repeat(10)]),
      stored(5, ['y'.repeat(900)]),
      stored(6),
      stored(7),
      stored(8),
    ]
    const frames = encodeUpdates(PAGE_ID, updates, SIGNATURE, 450)
    expect(frames.map(({ from, to }) => [from, to])).toEqual([
      [3, 5],
      [5, 8],
    ])
    const messages = frames.map(({ text }) => parseServerMessage(text))
    expect(messages).toMatchObject([
      { from: 3, hash: stored(5).hash },
      { from: 5, hash: stored(8).hash, signature: SIGNATURE },
    ])
    expect(messages[0]).not.toHaveProperty('signature')
  })
})
