import { expect, test } from 'vitest'
import { readServiceText, writeServiceText } from '../../../../src/server/discovery/serviceText'

const room = {
  roomId: 'a'.repeat(32),
  title: 'Plan',
  hostName: 'desk',
  fingerprint: 'A'.repeat(43),
}

test('what is written is what is read', () => {
  expect(readServiceText(writeServiceText(room))).toEqual(room)
  const plain = { ...room, fingerprint: undefined }
  expect(readServiceText(writeServiceText(plain))).toEqual(plain)
})

test.each(['好'.repeat(100), '😀'.repeat(50), 'é'.repeat(100)])(
  'a title fits into a record, as far as it goes',
  (title) => {
    const written = writeServiceText({ ...room, title })['t'] ?? ''
    expect(Buffer.byteLength(`t=${written}`)).toBeLessThanOrEqual(255)
    expect(title.startsWith(written.replace('…', ''))).toBe(true)
    expect(readServiceText(writeServiceText({ ...room, title }))?.title).toBe(written)
  },
)

test.each([
  ['no record', undefined],
  ['a list', []],
  ['no room', { v: '1', t: 'Plan', n: 'desk' }],
  ['another version', { ...writeServiceText(room), v: '2' }],
  ['a title that turns the line', { ...writeServiceText(room), t: 'a\u202eb' }],
  ['a name too long', { ...writeServiceText(room), n: 'x'.repeat(61) }],
  ['a certificate that is none', { ...writeServiceText(room), fp: 'x' }],
])('%s is none of ours', (_, text) => {
  expect(readServiceText(text)).toBeUndefined()
})
