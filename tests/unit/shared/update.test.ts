import { describe, expect, it } from 'vitest'
import { nodeSha256Hex } from '../../../src/server/nodeCrypto'
import { firstHash, headText, nextHash, sha256Hex, type Update } from '../../../src/shared/update'

const ROOM = 'r'.repeat(32)
const PAGE = 'p'.repeat(26)
const UPDATE: Update = {
  clientId: 'c'.repeat(26),
  after: 0,
  seq: 2,
  author: 'd'.repeat(32),
  time: 1_700_000_000_000,
  op: [3, 'ü😀"\n', -1],
}

describe('the hash chain', () => {
  it('W7: starts with the hash of room and page', () => {
    expect(firstHash(ROOM, PAGE)).toBe(sha256Hex(`inkroom-page-1\n${ROOM}\n${PAGE}`))
    expect(firstHash(ROOM, PAGE)).toBe('53200f05e74d71bc5265355d882905edbbdc7a6f7bee798ce33f153e03665497')
  })

  it('W7: goes on with the hash of what was before, a line break and the update as JSON', () => {
    const json = `[1,"${UPDATE.clientId}",0,2,"${UPDATE.author}",1700000000000,[3,"ü😀\\"\\n",-1]]`
    const first = firstHash(ROOM, PAGE)
    expect(nextHash(first, 1, UPDATE)).toBe(sha256Hex(`${first}\n${json}`))
    expect(nextHash(first, 1, UPDATE)).toBe(
      '8060fcde59b865eb3bc5a548d89a8d6e10d994d4302e951e72c612e760229a8f',
    )
    expect(nextHash(first, 1, UPDATE, nodeSha256Hex)).toBe(nextHash(first, 1, UPDATE))
  })

  it.each<[string, Partial<Update>]>([
    ['client', { clientId: 'a'.repeat(26) }],
    ['first edit', { after: 1 }],
    ['last edit', { seq: 3 }],
    ['author', { author: 'a'.repeat(32) }],
    ['time', { time: 1_700_000_000_001 }],
    ['op', { op: [3, 'ü😀"\n', -2] }],
  ])('W7: tells updates apart by their %s', (_name, change) => {
    expect(nextHash('', 1, { ...UPDATE, ...change })).not.toBe(nextHash('', 1, UPDATE))
  })

  it('W7: is signed as a text that names room, page, version and hash', () => {
    expect(headText(ROOM, PAGE, { version: 7, hash: 'f' })).toBe(`inkroom-head-1\n${ROOM}\n${PAGE}\n7\nf`)
  })
})
