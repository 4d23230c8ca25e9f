import { describe, expect, it } from 'vitest'
import { OtError } from '../../../../../src/shared/ot/otType'
import { MAX_REACH } from '../../../../../src/shared/ot/text/textOp'
import { textType } from '../../../../../src/shared/ot/text/textType'

/** The error that `act` throws. */
function refusal(act: () => unknown): OtError {
  try {
    act()
  } catch (error) {
    if (error instanceof OtError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

/** What is refused, and what the message says is wrong and allowed. */
const MALFORMED: readonly (readonly [name: string, op: unknown, message: RegExp])[] = [
  ['undefined', undefined, /is undefined; a text op is a list/],
  ['null', null, /is null; a text op is a list/],
  ['a string', 'abc', /is of type string; a text op is a list/],
  ['an object that looks like a list', { 0: 'a', length: 1 }, /is of type object; a text op is a list/],
  ['a nested list', [['a']], /Part 0 of the op is a list; .* numbers > 0 \(retain\), strings/],
  ['null as a part', [1, null], /Part 1 of the op is null/],
  ['an object as a part', [{ d: 1 }], /Part 0 of the op is of type object/],
  ['a boolean as a part', [true], /Part 0 of the op is of type boolean/],
  ['a hole', Object.assign(new Array(2), { 0: 1 }), /Part 1 of the op is undefined/],
  ['zero', [0, 'a'], /Part 0 of the op is 0; a length has to be a whole number other than 0/],
  ['minus zero', [-0], /Part 0 of the op is 0; a length/],
  ['NaN', [NaN, 'a'], /Part 0 of the op is NaN; a length/],
  ['Infinity', [Infinity, 'a'], /Part 0 of the op is Infinity; a length/],
  ['a fraction', [1.5, 'a'], /Part 0 of the op is 1.5; a length/],
  ['a number beyond exact integers', [2 ** 53, 'a'], /Part 0 of the op is 9007199254740992; a length/],
  ['a retain beyond any text', [MAX_REACH + 1, 'a'], /reaches to 1073741824 at part 0; a text ends at/],
  ['a reach beyond any text in sum', [MAX_REACH, 'a', -1], /reaches to 1073741824 at part 2; a text ends at/],
  ['an empty insertion', [1, ''], /Part 1 of the op is an empty string; an insertion has to hold text/],
  ['two retains', [1, 2, 'a'], /Parts 0 and 1 of the op are both retains; they have to be joined/],
  ['two insertions', ['a', 'b'], /Parts 0 and 1 of the op are both insertions; they have to be joined/],
  ['two deletions', [-1, -1], /Parts 0 and 1 of the op are both deletions; they have to be joined/],
  ['an insertion after a deletion', [-1, 'a'], /Part 1 of the op inserts after a deletion; .* before it/],
  ['a trailing retain', ['a', 1], /ends with a retain; what follows the last change is retained/],
  ['only a retain', [3], /ends with a retain/],
  ['a carriage return', ['a\r\nb'], /Part 0 of the op holds a carriage return .* end with \\n alone/],
  ['a lone high surrogate', ['a\ud83d'], /Part 0 of the op holds half of a surrogate pair; .* well-formed/],
  ['a lone low surrogate', [1, '\ude00b'], /Part 1 of the op holds half of a surrogate pair/],
  ['a pair the wrong way round', ['\ude00\ud83d'], /half of a surrogate pair/],
]

describe('an op from outside is refused with what is wrong and what is allowed:', () => {
  it.each(MALFORMED)('T3: %s', (_name, op, message) => {
    const error = refusal(() => textType.parseOp(op))
    expect(error.code).toBe('op-malformed')
    expect(error.message).toMatch(message)
  })

  it('messages do not repeat what a stranger sent at length', () => {
    expect(refusal(() => textType.parseOp([{ long: 'x'.repeat(10_000) }])).message.length).toBeLessThan(200)
    expect(refusal(() => textType.parseOp(['x'.repeat(10_000) + '\r'])).message.length).toBeLessThan(200)
  })
})

describe('an op from outside is taken as it is', () => {
  it.each([
    ['the empty op', []],
    ['an insertion', ['a']],
    ['a deletion', [-3]],
    ['a replacement', [5, 'new', -3]],
    ['changes with retains between them', ['a', 1, -1, 2, 'b', -2]],
    ['line breaks, tabs, control characters and pairs', ['\n\t\u0001\u2028😀']],
    ['the furthest reach', [MAX_REACH, 'a']],
  ])('%s', (_name, op) => {
    expect(textType.parseOp(op)).toEqual(op)
  })
})

describe('a position from outside', () => {
  it.each([0, 1, MAX_REACH])('%d is a position', (position) => {
    expect(textType.parsePosition(position)).toBe(position)
  })

  it('minus zero becomes zero', () => {
    expect(textType.parsePosition(-0)).toBe(0)
  })

  it.each([[-1], [0.5], [NaN], [Infinity], [MAX_REACH + 1], ['1'], [null], [undefined], [[1]], [{}]])(
    '%s is refused',
    (position) => {
      const error = refusal(() => textType.parsePosition(position))
      expect(error.code).toBe('position-malformed')
      expect(error.message).toMatch(/a position in a text is a whole number from 0 to 1073741823/)
    },
  )
})

describe('a stored text', () => {
  it.each(['', '\n', 'a', 'a\n', '\n\na😀\u2028b'])('%j is read as it is', (text) => {
    expect(textType.serialise(textType.parseSnapshot(text))).toBe(text)
  })

  it.each([
    ['a\rb', /holds a carriage return/],
    ['a\ud83d', /holds half of a surrogate pair/],
  ])('%j is refused', (text, message) => {
    const error = refusal(() => textType.parseSnapshot(text))
    expect(error.code).toBe('snapshot-malformed')
    expect(error.message).toMatch(message)
  })
})
