/** What comes from outside: ops, positions and stored texts, parsed from `unknown` into canonical form or refused. */
import type { Text } from '@codemirror/state'
import { OtError } from '../otType'
import { toText } from './replaceRange'
import { MAX_REACH, type TextOp } from './textOp'
import { isWellFormed } from './unicode'

const ALLOWED = 'a text op is a list of numbers > 0 (retain), strings (insert) and numbers < 0 (delete)'

/** What the part before was: it decides what may follow. */
type Previous = 'start' | 'retain' | 'insert' | 'delete'

/** Parses a text op; what comes back is the list given. Refuses with `op-malformed` what is not in canonical form. */
export function parseTextOp(value: unknown): TextOp {
  if (!Array.isArray(value)) throw malformed(`The op is ${describe(value)}; ${ALLOWED}`)
  const parts: readonly unknown[] = value
  let previous: Previous = 'start'
  let reach = 0
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]
    if (typeof part === 'string') {
      checkInsertion(part, i, previous)
      previous = 'insert'
    } else if (typeof part === 'number') {
      checkLength(part, i, previous)
      previous = part > 0 ? 'retain' : 'delete'
      reach += Math.abs(part)
      if (reach > MAX_REACH) {
        throw malformed(`The op reaches to ${reach} at part ${i}; a text ends at ${MAX_REACH} or before`)
      }
    } else {
      throw malformed(`Part ${i} of the op is ${describe(part)}; ${ALLOWED}`)
    }
  }
  if (previous === 'retain') {
    throw malformed('The op ends with a retain; what follows the last change is retained without saying so')
  }
  return parts as TextOp
}

function checkInsertion(text: string, index: number, previous: Previous): void {
  if (text === '')
    throw malformed(`Part ${index} of the op is an empty string; an insertion has to hold text`)
  if (previous === 'insert') {
    throw malformed(`Parts ${index - 1} and ${index} of the op are both insertions; they have to be joined`)
  }
  if (previous === 'delete') {
    throw malformed(`Part ${index} of the op inserts after a deletion; an insertion has to come before it`)
  }
  const flaw = flawOf(text)
  if (flaw !== undefined) throw malformed(`Part ${index} of the op ${flaw}`)
}

function checkLength(length: number, index: number, previous: Previous): void {
  if (!Number.isSafeInteger(length) || length === 0) {
    throw malformed(`Part ${index} of the op is ${length}; a length has to be a whole number other than 0`)
  }
  if (previous === 'retain' && length > 0) {
    throw malformed(`Parts ${index - 1} and ${index} of the op are both retains; they have to be joined`)
  }
  if (previous === 'delete' && length < 0) {
    throw malformed(`Parts ${index - 1} and ${index} of the op are both deletions; they have to be joined`)
  }
}

/** Parses a caret: the number of UTF-16 units before it. Throws `position-malformed`. */
export function parseTextPosition(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > MAX_REACH) {
    throw new OtError(
      'position-malformed',
      `The position is ${describe(value)}; a position in a text is a whole number from 0 to ${MAX_REACH}`,
    )
  }
  return value === 0 ? 0 : value // -0 becomes 0
}

/** Parses a stored text. Throws `snapshot-malformed`. */
export function parseText(text: string): Text {
  const flaw = flawOf(text)
  if (flaw !== undefined) throw new OtError('snapshot-malformed', `The text ${flaw}`)
  return toText(text)
}

/** What no text may hold, as the end of a sentence. */
function flawOf(text: string): string | undefined {
  if (text.includes('\r')) return 'holds a carriage return (\\r); lines have to end with \\n alone'
  if (!isWellFormed(text)) return 'holds half of a surrogate pair; text has to be well-formed Unicode'
  return undefined
}

/** A value from outside, short enough for a message. */
function describe(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'number') return String(value)
  if (Array.isArray(value)) return 'a list'
  return `of type ${typeof value}`
}

function malformed(message: string): OtError {
  return new OtError('op-malformed', message)
}
