import { describe, expect, it } from 'vitest'
import { HistoryHeads } from '../../../../src/client/replica/historyHeads'
import { MAX_KNOWN_HEADS } from '../../../../src/shared/protocol/clientMessages'
import type { Head } from '../../../../src/shared/update'

const headAt = (version: number): Head => ({ version, hash: version.toString(16).padStart(64, '0') })

function headsTo(version: number): HistoryHeads {
  const heads = new HistoryHeads()
  heads.restart(headAt(0))
  for (let next = 1; next <= version; next++) heads.add(headAt(next))
  return heads
}

const versions = (heads: HistoryHeads): number[] => heads.sample().map(({ version }) => version)

describe('the heads a replica names', () => {
  it('C10: are the newest first, thinning out to the oldest', () => {
    expect(versions(headsTo(0))).toEqual([0])
    expect(versions(headsTo(1))).toEqual([1, 0])
    expect(versions(headsTo(20))).toEqual([20, 19, 18, 16, 12, 4, 0])
  })

  it('C10: are never more than a message may name, however long the history', () => {
    const sampled = versions(headsTo(100_000))
    expect(sampled.length).toBeLessThanOrEqual(MAX_KNOWN_HEADS)
    expect(sampled[0]).toBe(100_000)
    expect([...sampled].sort((a, b) => b - a)).toEqual(sampled)
  })

  it('C10: begin anew where another content has taken the place of the old', () => {
    const heads = headsTo(20)
    heads.restart(headAt(50))
    heads.add(headAt(53))
    expect(versions(heads)).toEqual([53, 50])
  })

  it('C10: are none before anything is known', () => {
    expect(new HistoryHeads().sample()).toEqual([])
  })
})
