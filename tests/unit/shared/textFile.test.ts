import { describe, expect, it } from 'vitest'
import { decodeTextFile, encodeTextFile, TextFileError } from '../../../src/shared/textFile'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

function codeOf(action: () => unknown): string | undefined {
  try {
    action()
  } catch (error) {
    if (error instanceof TextFileError) return error.code
    throw error
  }
  return undefined
}

describe('a text file', () => {
  const content = '# Title\n\nplain, ünïcödé, 汉字, 👩‍👩‍👧\n\ttab\n'
  const pure = {
    'with \\n': content,
    'with \\r\\n': content.replaceAll('\n', '\r\n'),
    'with a mark and \\n': `\ufeff${content}`,
    'with a mark and \\r\\n': `\ufeff${content.replaceAll('\n', '\r\n')}`,
    'with no line break at its end': 'a\r\nb',
    'with one line': 'one line',
    'with two marks': '\ufeff\ufefftwice',
    'with only a mark': '\ufeff',
    'without content': '',
  }
  for (const [name, file] of Object.entries(pure)) {
    it(`F1: ${name} comes out byte for byte as it went in`, () => {
      const { text, format } = decodeTextFile(bytesOf(file))
      expect(text).not.toContain('\r')
      expect(encodeTextFile(text, format)).toEqual(bytesOf(file))
    })
  }

  it('has its byte order mark in the format, not in the text', () => {
    expect(decodeTextFile(bytesOf('\ufeffa'))).toEqual({ text: 'a', format: { bom: true, lineBreak: '\n' } })
  })

  it('with mixed line breaks takes the more frequent one', () => {
    expect(decodeTextFile(bytesOf('a\r\nb\r\nc\n'))).toEqual({
      text: 'a\nb\nc\n',
      format: { bom: false, lineBreak: '\r\n' },
    })
    expect(decodeTextFile(bytesOf('a\r\nb\nc\n')).format.lineBreak).toBe('\n')
    expect(decodeTextFile(bytesOf('a\r\nb\n')).format.lineBreak).toBe('\n')
  })

  it('with lone \\r reads them as line breaks', () => {
    expect(decodeTextFile(bytesOf('a\rb\rc')).text).toBe('a\nb\nc')
  })

  it('F2: is refused with file-not-text where it has NUL bytes or is not UTF-8', () => {
    expect(codeOf(() => decodeTextFile(bytesOf('a\0b')))).toBe('file-not-text')
    expect(codeOf(() => decodeTextFile(new Uint8Array([0x61, 0xff, 0x62])))).toBe('file-not-text')
    // UTF-16 with its byte order mark, a cut character, and an encoded surrogate.
    expect(codeOf(() => decodeTextFile(new Uint8Array([0xff, 0xfe, 0x61, 0x00])))).toBe('file-not-text')
    expect(codeOf(() => decodeTextFile(new Uint8Array([0xe6, 0xb1])))).toBe('file-not-text')
    expect(codeOf(() => decodeTextFile(new Uint8Array([0xed, 0xa0, 0x80])))).toBe('file-not-text')
  })

  it('F2: is refused with file-too-large above the limit', () => {
    expect(codeOf(() => decodeTextFile(new Uint8Array(11).fill(0x61), 10))).toBe('file-too-large')
    expect(decodeTextFile(new Uint8Array(10).fill(0x61), 10).text).toHaveLength(10)
  })
})
