import { TextOpBuilder, type TextOp } from './textOp'

/** Length of `[]`. */
const BRACKETS = 2

/** Length an insertion has in JSON beside its text: quotes and comma. */
const AROUND_STRING = 3

/** Length of the op's JSON text. */
export function textOpLength(op: TextOp): number {
  return JSON.stringify(op).length
}

/**
 * Ops to apply one after another in place of `op`. None is longer than `maxLength`, unless that is less than
 * one retain and one deletion or inserted character need (30 units). Characters are kept whole.
 */
export function splitText(op: TextOp, maxLength: number): TextOp[] {
  if (textOpLength(op) <= maxLength) return [op]
  const pieces: TextOp[] = []
  let piece = new TextOpBuilder()
  let used = BRACKETS
  /** Where the next part stands in the text the pieces so far give. */
  let at = 0
  /** Units to retain before the next change of the open piece. */
  let gap = 0
  const closePiece = (): void => {
    pieces.push(piece.build())
    piece = new TextOpBuilder()
    used = BRACKETS
    gap = at
  }

  for (const part of op) {
    if (typeof part === 'string') {
      let done = 0
      while (done < part.length) {
        const room = maxLength - used - numberLength(gap) - AROUND_STRING
        let end = endOfFitting(part, done, room)
        if (end < part.length && used > BRACKETS) {
          closePiece()
          continue
        }
        if (end === done) end += (part.codePointAt(done) as number) > 0xffff ? 2 : 1
        const text = part.slice(done, end)
        piece.retain(gap)
        piece.insert(text)
        used += numberLength(gap) + JSON.stringify(text).length + 1
        gap = 0
        at += text.length
        done = end
      }
    } else if (part > 0) {
      at += part
      gap += part
    } else {
      if (used > BRACKETS && used + numberLength(gap) + numberLength(part) > maxLength) closePiece()
      piece.retain(gap)
      piece.delete(-part)
      used += numberLength(gap) + numberLength(part)
      gap = 0
    }
  }
  closePiece()
  return pieces
}

/** Length of a number and its comma in JSON; none for the 0 that is not written. */
function numberLength(value: number): number {
  return value === 0 ? 0 : String(value).length + 1
}

/** Where the longest run of whole characters from `start` ends whose JSON fits into `room`. */
function endOfFitting(text: string, start: number, room: number): number {
  let end = start
  let length = 0
  while (end < text.length) {
    const code = text.codePointAt(end) as number
    length += jsonLength(code)
    if (length > room) return end
    end += code > 0xffff ? 2 : 1
  }
  return end
}

/** Length of one character inside a JSON string. */
function jsonLength(code: number): number {
  if (code > 0xffff) return 2
  if (code === 0x22 || code === 0x5c) return 2
  if (code >= 0x20) return 1
  const hasShortEscape = code === 0x08 || code === 0x09 || code === 0x0a || code === 0x0c || code === 0x0d
  return hasShortEscape ? 2 : 6
}
