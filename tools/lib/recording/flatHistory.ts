import { replacement, type TextOp } from '../../../src/shared/ot/text/textOp'
import { CharacterCounter } from './characterCounter'
import { RecordingError, type FlatRecording } from './recording'
import type { Unit } from './recordedHistory'

/** A flat recording as ops on our text, one for each patch. */
export interface FlatHistory {
  readonly unit: Unit
  readonly ops: readonly TextOp[]
}

/** A character outside the basic plane: one code point, two UTF-16 units. */
const ASTRAL = /[\u{10000}-\u{10ffff}]/u

/**
 * Turns positions into UTF-16 units and checks that the patches lead to `endContent`. Positions count code points;
 * where that does not lead there, it is tried whether the recorder counted UTF-16 units. Throws {@link RecordingError}.
 */
export function readFlatHistory(recording: FlatRecording): FlatHistory {
  const isAstral = [recording.startContent, ...recording.patches.map(([, , text]) => text)].some((text) =>
    ASTRAL.test(text),
  )
  const units: readonly Unit[] = isAstral ? ['codePoints', 'utf16'] : ['utf16']
  const problems: string[] = []
  for (const unit of units) {
    const read = opsOf(recording, unit)
    if (typeof read !== 'string') return { unit: isAstral ? unit : 'codePoints', ops: read }
    problems.push(read)
  }
  throw new RecordingError(problems.join('; counted in UTF-16 units: '))
}

/** The ops, or what does not fit. */
function opsOf({ startContent, endContent, patches }: FlatRecording, unit: Unit): TextOp[] | string {
  const text = new CharacterCounter(startContent, unit)
  const ops: TextOp[] = []
  for (const [index, [position, deleted, inserted]] of patches.entries()) {
    const range = text.replace(position, deleted, inserted)
    if (range === undefined) {
      return `patch ${index} reaches to ${position + deleted}, beyond the end of the text (${text.length})`
    }
    const op = replacement(range.from, range.to, inserted)
    if (op.length > 0) ops.push(op)
  }
  return text.toString() === endContent ? ops : 'the patches do not lead to endContent'
}
