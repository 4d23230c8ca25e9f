import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OtError } from '../../../../../src/shared/ot/otType'
import { TextOpBuilder, replacement, type TextOp } from '../../../../../src/shared/ot/text/textOp'
import { textType } from '../../../../../src/shared/ot/text/textType'
import { makeTextOp, recipes, texts, wholeCharacter } from './arbitraries'
import { seeded } from './seeded'

const { compose, transform, transformBoth, transformPosition, split } = textType
const text = textType.parseSnapshot
const applied = (before: string, op: TextOp): string => textType.serialise(textType.apply(text(before), op))
const difference = (before: string, after: string): TextOp => textType.diff(text(before), text(after))

describe('canonical form', () => {
  it('T3: the builder puts an insertion before the deletion and joins what touches', () => {
    const builder = new TextOpBuilder()
    builder.retain(1)
    builder.retain(2)
    builder.delete(1)
    builder.insert('a')
    builder.delete(2)
    builder.insert('b')
    builder.retain(4)
    expect(builder.build()).toEqual([3, 'ab', -3])
  })

  it('parts without length leave no trace', () => {
    const builder = new TextOpBuilder()
    builder.insert('a')
    builder.retain(0)
    builder.delete(0)
    builder.insert('')
    builder.insert('b')
    expect(builder.build()).toEqual(['ab'])
  })

  it.each([
    [0, 0, '', []],
    [7, 7, '', []],
    [0, 0, 'a', ['a']],
    [2, 2, 'a', [2, 'a']],
    [2, 4, '', [2, -2]],
    [0, 4, 'a', ['a', -4]],
  ])('a replacement from %d to %d by %j', (from, to, inserted, op) => {
    expect(replacement(from, to, inserted)).toEqual(op)
  })

  it('what is inserted and deleted again leaves nothing', () => {
    expect(compose([2, 'abc'], [2, -3])).toEqual([])
  })

  it('T3: an insertion next to a deletion has one form, from whichever side it was made', () => {
    expect(compose([1, -2], [1, 'x'])).toEqual([1, 'x', -2])
    expect(compose([1, 'x'], [2, -2])).toEqual([1, 'x', -2])
    expect(compose([3, 'x'], [1, -2])).toEqual([1, 'x', -2])
    expect(compose(compose([2, 'x'], [1, -1]), [2, -1])).toEqual([1, 'x', -2])
  })

  it('changes meet when what was between them is deleted', () => {
    expect(transform(['a', 1, 'b'], [-1], 'later')).toEqual(['ab'])
    expect(transform([-1, 1, -1], [1, -1], 'earlier')).toEqual([-2])
  })
})

describe('of two insertions at one place', () => {
  it('T2: the later goes left', () => {
    expect(transform([1, 'L'], [1, 'E'], 'later')).toEqual([1, 'L'])
    expect(transform([1, 'E'], [1, 'L'], 'earlier')).toEqual([2, 'E'])
    expect(transformBoth([1, 'E'], [1, 'L'])).toEqual([
      [2, 'E'],
      [1, 'L'],
    ])
  })

  it('the later goes left of a replacement, and one inside what is replaced goes right of it', () => {
    expect(transform([1, 'L'], [1, 'E', -2], 'later')).toEqual([1, 'L'])
    expect(transform([2, 'L'], [1, 'E', -2], 'later')).toEqual([2, 'L'])
    expect(transform([3, 'L'], [1, 'E', -2], 'later')).toEqual([2, 'L'])
  })
})

describe('two deletions of one stretch', () => {
  it('delete it once', () => {
    expect(transform([1, -3], [2, -3], 'later')).toEqual([1, -1])
    expect(transform([2, -3], [1, -3], 'earlier')).toEqual([1, -1])
    expect(transform([1, -3], [1, -3], 'later')).toEqual([])
  })
})

describe('transforming', () => {
  it('does not commute with composing, so nobody may compose what another replica transforms one by one', () => {
    const first: TextOp = [-1]
    const second: TextOp = ['b']
    const later: TextOp = [1, 'x']
    const oneByOne = compose(
      transform(first, later, 'earlier'),
      transform(second, transform(later, first, 'later'), 'earlier'),
    )
    expect(oneByOne).toEqual([-1, 1, 'b'])
    expect(transform(compose(first, second), later, 'earlier')).toEqual(['b', -1])
  })
})

describe('an op that does not fit is refused', () => {
  const emoji = 'a😀b'
  it.each<readonly [string, string, TextOp, RegExp]>([
    ['a retain beyond the end', 'abc', [4, 'x'], /reaches to 4, but the text ends at 3/],
    ['a deletion beyond the end', 'abc', [1, -3], /reaches to 4, but the text ends at 3/],
    ['a deletion in an empty text', '', [-1], /reaches to 1, but the text ends at 0/],
    [
      'an insertion inside a pair',
      emoji,
      [2, 'x'],
      /boundary at 2, inside a surrogate pair; .* between char/,
    ],
    ['a deletion of the first half of a pair', emoji, [1, -1], /boundary at 2, inside a surrogate pair/],
    ['a deletion of the second half of a pair', emoji, [2, -1], /boundary at 2, inside a surrogate pair/],
  ])('%s', (_name, before, op, message) => {
    for (const act of [textType.check, textType.apply]) {
      expect(() => act(text(before), op)).toThrow(OtError)
      expect(() => act(text(before), op)).toThrow(message)
    }
  })

  it('T4: in any line of a long text', () => {
    const long = text('0123456789\n'.repeat(500) + '😀😀')
    expect(() => textType.check(long, [5500, -2, 2, 'x'])).not.toThrow()
    expect(() => textType.check(long, [3, -4, 5494, 'x'])).toThrow(/boundary at 5501/)
    expect(() => textType.check(long, [5500, 'x', -3])).toThrow(/boundary at 5503/)
  })
})

describe('applying', () => {
  it('keeps whole characters whole', () => {
    expect(applied('a😀b', [1, '😁', -2])).toBe('a😁b')
    expect(applied('😀', [2, '😀'])).toBe('😀😀')
  })

  it('changes near each other and far from each other, with and without line breaks', () => {
    const before = 'lorem ipsum\ndolor sit amet\n'.repeat(200)
    const op: TextOp = ['a', -1, 1, 'b\nc', 2, -20, 3000, 'far', -1, 1000, -30, 5, '\n\n', -1]
    let expected = ''
    let at = 0
    for (const part of op) {
      if (typeof part === 'string') expected += part
      else if (part < 0) at -= part
      else {
        expected += before.slice(at, at + part)
        at += part
      }
    }
    expect(applied(before, op)).toBe(expected + before.slice(at))
  })

  it('leaves the rope as CodeMirror makes it, line by line', () => {
    let rope = text('some line\n'.repeat(1500))
    for (let i = 0; i < 300; i++)
      rope = textType.apply(rope, replacement(i * 40, i * 40 + (i % 3), 'xyz'.slice(i % 4)))
    for (let n = 1; n <= rope.lines; n += 7) {
      const line = rope.line(n)
      expect(rope.sliceString(line.from, line.to)).toBe(line.text)
      expect(rope.lineAt(line.from).number).toBe(n)
    }
    expect(rope.eq(text(rope.toString()))).toBe(true)
  })
})

describe('a caret', () => {
  it('T5: stays left of what arrives at it; the own one goes behind', () => {
    expect(transformPosition(2, [2, 'abc'])).toBe(2)
    expect(transformPosition(2, [2, 'abc'], true)).toBe(5)
    expect(transformPosition(0, ['abc'])).toBe(0)
    expect(transformPosition(0, ['abc'], true)).toBe(3)
  })

  it('moves with the text around it', () => {
    expect(transformPosition(5, [2, 'abc'])).toBe(8)
    expect(transformPosition(5, [1, -2])).toBe(3)
    expect(transformPosition(5, [6, 'abc', -2])).toBe(5)
    expect(transformPosition(5, [])).toBe(5)
  })

  it('in a deleted stretch goes to where the stretch was', () => {
    expect(transformPosition(3, [2, -4])).toBe(2)
    expect(transformPosition(6, [2, -4])).toBe(2)
    expect(transformPosition(3, [2, 'xy', -4])).toBe(4)
  })

  it('T5: goes where the next letter typed there goes', () => {
    fc.assert(
      fc.property(texts, recipes, fc.nat(), (snapshot, recipe, choice) => {
        const op = makeTextOp(snapshot, recipe)
        const caret = wholeCharacter(snapshot.toString(), choice % (snapshot.length + 1))
        const letter = replacement(caret, caret, 'x')
        const at = (moved: TextOp): number => (typeof moved[0] === 'number' ? moved[0] : 0)
        expect(transformPosition(caret, op)).toBe(at(transform(letter, op, 'later')))
        expect(transformPosition(caret, op, true)).toBe(at(transform(letter, op, 'earlier')))
      }),
      seeded(2000),
    )
  })
})

describe('splitting', () => {
  it('leaves an op that fits whole', () => {
    expect(split([5, 'abc', -2], 20)).toEqual([[5, 'abc', -2]])
    expect(split([], 20)).toEqual([[]])
  })

  it('T6: cuts a large insertion between characters, whatever the size asked for and however long escaped', () => {
    const op: TextOp = [5, '😀😁"😀\n\u0001'.repeat(20), -2]
    for (let maxLength = 20; maxLength < 60; maxLength++) {
      const pieces = split(op, maxLength)
      for (const piece of pieces) expect(JSON.stringify(piece).length).toBeLessThanOrEqual(maxLength)
      for (const piece of pieces) expect(textType.parseOp(piece)).toEqual(piece)
      expect(pieces.reduce((a, b) => compose(a, b))).toEqual(op)
    }
  })

  it('goes on with whole characters where even one is too long', () => {
    const pieces = split(['😀😁'], 2)
    expect(pieces).toEqual([['😀'], [2, '😁']])
  })

  it('cuts a paste of 5 MB into pieces of the size asked for', () => {
    const op: TextOp = [3, 'a line of text, "quoted" 😀\n'.repeat(190_000), -1]
    const pieces = split(op, 256 * 1024)
    expect(pieces.length).toBeLessThan(25)
    for (const piece of pieces) expect(textType.opLength(piece)).toBeLessThanOrEqual(256 * 1024)
    expect(pieces.reduce((a, b) => compose(a, b))).toEqual(op)
  })
})

describe('a difference', () => {
  it('is small for small changes', () => {
    expect(difference('same', 'same')).toEqual([])
    expect(difference('', 'new')).toEqual(['new'])
    expect(difference('old', '')).toEqual([-3])
    expect(difference('Hello world', 'Hello, World')).toEqual([5, ',', 1, 'W', -1])
    expect(difference('a\nb\nc\n', 'a\nb2\nc\nd\n')).toEqual([3, '2', 2, '\nd'])
  })

  it('replaces what has little in common instead of finding chance letters', () => {
    expect(difference('x the end', 'y an owl')).toEqual(['y an owl', -9])
  })

  it('T4: never splits a pair whose half is common', () => {
    expect(difference('😀', '😁')).toEqual(['😁', -2]) // same first half
    expect(difference('\u{1F600}', '\u{1FA00}')).toEqual(['\u{1FA00}', -2]) // same second half
    expect(difference('a😀b', 'a😀😁b')).toEqual([3, '😁'])
  })

  it('finds scattered edits in a long text', () => {
    const lines = Array.from({ length: 5000 }, (_, i) => `line ${i} with a few words in it`)
    const edited = lines.map((line, i) => (i % 50 === 7 ? line.replace('few', 'couple of') : line))
    const op = difference(lines.join('\n'), edited.join('\n'))
    expect(op.filter((part) => typeof part === 'string')).toHaveLength(100)
    expect(textType.opLength(op)).toBeLessThan(3000)
  })
})
