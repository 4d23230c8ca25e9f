import { readFile, writeFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { textType } from '../../../src/shared/ot/text'
import { withoutCarriageReturns } from '../../../tools/lib/recording/carriageReturns'
import { readFlatHistory } from '../../../tools/lib/recording/flatHistory'
import { readHistory } from '../../../tools/lib/recording/recordedHistory'
import {
  parseRecording,
  readRecording,
  RecordingError,
  type ConcurrentRecording,
  type FlatRecording,
  type Patch,
} from '../../../tools/lib/recording/recording'
import { makeTemporaryFolder, removeFolder } from '../../lib/temporaryFolder'

const FIXTURES = 'tests/fixtures/editing-traces'

function flat(startContent: string, endContent: string, ...patches: Patch[]): FlatRecording {
  return { kind: 'flat', startContent, endContent, patches }
}

function replayed(recording: FlatRecording): string {
  const start = textType.parseSnapshot(recording.startContent)
  return readFlatHistory(recording).ops.reduce(textType.apply, start).toString()
}

describe('reading a file', () => {
  it.each([
    ['text', 'Dear diary'],
    ['JSON of something else', '{"name":"inkroom"}'],
    ['a negative position', '{"endContent":"","txns":[{"patches":[[-1,0,"a"]]}]}'],
    [
      'a transaction that follows a later one',
      '{"kind":"concurrent","endContent":"","txns":[{"parents":[1],"agent":0,"patches":[]}]}',
    ],
  ])('says what is wrong with %s', async (_, text) => {
    const folder = await makeTemporaryFolder()
    try {
      const file = `${folder}/recording.json`
      await writeFile(file, text)
      await expect(readRecording(file)).rejects.toThrow(RecordingError)
    } finally {
      await removeFolder(folder)
    }
  })

  it('takes patches with a time behind, and JSON that is not zipped', async () => {
    expect(
      parseRecording({ endContent: 'a', txns: [{ patches: [[0, 0, 'a', '2023-11-22T03:57:32Z']] }] }),
    ).toEqual(flat('', 'a', [0, 0, 'a']))
  })
})

describe('a flat recording', () => {
  it('counts code points: a character outside the basic plane is one', () => {
    expect(replayed(flat('', 'x😀!z', [0, 0, 'x😀y'], [3, 0, 'z'], [2, 1, '!']))).toBe('x😀!z')
  })

  it('counts UTF-16 units where only that leads to the recorded end', () => {
    expect(replayed(flat('😀😀', '😀-😀', [2, 0, '-']))).toBe('😀-😀')
  })

  it('is refused where its patches do not lead to the recorded end, or reach beyond the text', () => {
    expect(() => readFlatHistory(flat('', 'b', [0, 0, 'a']))).toThrow('do not lead to endContent')
    expect(() => readFlatHistory(flat('ab', 'a', [1, 2, '']))).toThrow('patch 0 reaches to 3')
  })

  it('gets a stand-in for carriage returns, which count as a character', () => {
    const { recording, standIn } = withoutCarriageReturns(flat('a\r\nb', 'a\r\nXb', [3, 0, 'X']))
    expect(standIn).toBe('\u240d')
    expect(replayed(recording as FlatRecording)).toBe('a\u240d\nXb')
  })

  it('is refused where it holds half a surrogate pair', () => {
    expect(() => withoutCarriageReturns(flat('', '\ud83d', [0, 0, '\ud83d']))).toThrow(RecordingError)
  })
})

describe('a concurrent recording', () => {
  const merged: ConcurrentRecording = {
    kind: 'concurrent',
    endContent: 'He😀llo, all',
    transactions: [
      { parents: [], agent: 0, patches: [[0, 0, 'Hello World']] },
      { parents: [0], agent: 0, patches: [[5, 0, ',']] },
      { parents: [0], agent: 1, patches: [[2, 0, '😀']] },
      {
        parents: [1, 2],
        agent: 1,
        patches: [
          [8, 5, ''],
          [8, 0, 'all'],
        ],
      },
      { parents: [3], agent: 0, patches: [] },
    ],
  }

  it('is read at any mixture of its branches', () => {
    const history = readHistory(merged, 'codePoints')
    expect(history.text).toBe(merged.endContent)
    expect(history.causality.writers).toBe(2)
    expect(history.causality.standings[3]).toEqual({ writer: 1, ordinal: 1, follows: [2, 0] })
  })

  it('gives an agent with two branches at once a writer for each', () => {
    const transactions = [
      { parents: [], agent: 0, patches: [[0, 0, 'ab']] as Patch[] },
      { parents: [0], agent: 0, patches: [[0, 0, 'x']] as Patch[] },
      { parents: [0], agent: 0, patches: [[2, 0, 'y']] as Patch[] },
    ]
    const history = readHistory({ kind: 'concurrent', endContent: 'xaby', transactions }, 'codePoints')
    expect(history.causality.writers).toBe(2)
    expect(history.text).toBe('xaby')
  })

  it('counts insertions at one place at one time, whose order nobody but the recorder knows', () => {
    const transactions = [
      { parents: [], agent: 0, patches: [[0, 0, '..']] as Patch[] },
      { parents: [0], agent: 0, patches: [[1, 0, 'a']] as Patch[] },
      { parents: [0], agent: 1, patches: [[1, 0, 'b']] as Patch[] },
      { parents: [0], agent: 2, patches: [[2, 0, 'c']] as Patch[] },
    ]
    const history = readHistory({ kind: 'concurrent', endContent: '', transactions }, 'codePoints')
    expect(history.text).toBe('.ab.c')
    expect(history.contested).toBe(1)
  })

  it('is refused where a position is not in the text its agent saw', () => {
    const transactions = [{ parents: [], agent: 0, patches: [[1, 0, 'a']] as Patch[] }]
    const read = (): unknown =>
      readHistory({ kind: 'concurrent', endContent: 'a', transactions }, 'codePoints')
    expect(read).toThrow('txns[0] does not fit')
  })

  it('types a text that was there at the start first', () => {
    const parsed = parseRecording({
      kind: 'concurrent',
      startContent: 'ab',
      endContent: 'axb',
      txns: [{ parents: [], agent: 3, patches: [[1, 0, 'x']] }],
    })
    expect(readHistory(parsed as ConcurrentRecording, 'codePoints').text).toBe('axb')
  })

  it('ends, read from the file of two friends, in the recorded text', async () => {
    const file = `${FIXTURES}/concurrent-friendsforever.json.gz`
    const { endContent } = JSON.parse(gunzipSync(await readFile(file)).toString('utf8')) as {
      endContent: string
    }
    const history = readHistory((await readRecording(file)) as ConcurrentRecording, 'codePoints')
    expect(history.text).toBe(endContent)
    expect(history.contested).toBe(0)
  })
})
