import { describe, expect, it } from 'vitest'
import { historyMessages } from '../../../../src/client/replica/historyReturn'
import type { LoggedUpdates } from '../../../../src/client/cache/replicaCache'
import type { Update } from '../../../../src/shared/update'
import { idOf } from '../../../lib/idOf'

const PAGE = idOf('page')
const SIGNATURE = 'A'.repeat(86)
const headAt = (version: number): { version: number; hash: string } => ({ version, hash: `hash ${version}` })

const updateAt = (version: number): Update => ({
  clientId: idOf('ada'),
  after: version - 1,
  seq: version,
  author: idOf('device'),
  time: version,
  op: [`update ${version}`],
})

/** Log entries, each from one version to another. */
function log(...spans: [from: number, to: number][]): LoggedUpdates[] {
  return spans.map(([from, to]) => ({
    from,
    updates: Array.from({ length: to - from }, (_, index) => updateAt(from + index + 1)),
    hash: `hash ${to}`,
    signature: SIGNATURE,
  }))
}

function returned(entries: LoggedUpdates[], from: number, to: number, pieceLength = 10_000): number[][] {
  const signed = { ...headAt(to), signature: SIGNATURE }
  const messages = historyMessages(PAGE, entries, headAt(from), signed, pieceLength)
  messages.forEach((message, index) => {
    const more = index < messages.length - 1
    expect(message).toMatchObject({ type: 'handBack', pageId: PAGE, after: headAt(from), head: signed, more })
  })
  return messages.map(({ updates }) => updates.map(({ seq }) => seq))
}

describe('history to hand back', () => {
  it('H8: is what lies between the common head and the newest signed one', () => {
    const entries = log([0, 3], [3, 4], [4, 9])
    expect(returned(entries, 0, 9)).toEqual([[1, 2, 3, 4, 5, 6, 7, 8, 9]])
    expect(returned(entries, 3, 9)).toEqual([[4, 5, 6, 7, 8, 9]])
    expect(returned(entries, 4, 9)).toEqual([[5, 6, 7, 8, 9]])
  })

  it('H8: may begin and end inside an entry', () => {
    expect(returned(log([0, 3], [3, 9]), 2, 5)).toEqual([[3, 4, 5]])
    expect(returned(log([0, 9]), 4, 6)).toEqual([[5, 6]])
  })

  it('H8: is nothing where the log does not reach back so far, or has a gap', () => {
    expect(returned(log([3, 9]), 2, 9)).toEqual([])
    expect(returned(log([0, 3], [4, 9]), 0, 9)).toEqual([])
    expect(returned([], 0, 9)).toEqual([])
  })

  it('H8: is nothing where the log ends before the signed head, or nothing was signed since', () => {
    expect(returned(log([0, 8]), 0, 9)).toEqual([])
    expect(returned(log([0, 9]), 9, 9)).toEqual([])
  })

  it('H8: goes in pieces of about the length asked for, one update at least', () => {
    const size = JSON.stringify(updateAt(1)).length
    expect(returned(log([0, 7]), 0, 7, 3 * size)).toEqual([[1, 2, 3], [4, 5, 6], [7]])
    expect(returned(log([0, 3]), 0, 3, 1)).toEqual([[1], [2], [3]])
  })
})
