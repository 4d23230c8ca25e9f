import { isWellFormed } from '../../../src/shared/ot/text/unicode'
import { RecordingError, type Patch, type Recording } from './recording'

/** What may stand for a carriage return; the first that a recording does not hold is taken. */
const STAND_INS = ['\u240d', '\u21b5', '\ue00d', '\ue00e']

export interface Readable {
  readonly recording: Recording
  /** What stands for carriage returns, where there are any. */
  readonly standIn: string | undefined
}

/**
 * A recording that our text type can hold. Documents have no carriage returns (the app takes them off a file and puts
 * them back), while positions of a recording count them: another character stands in for each. Throws
 * {@link RecordingError} where a text is not well-formed.
 */
export function withoutCarriageReturns(recording: Recording): Readable {
  const texts = textsOf(recording)
  if (!texts.every(isWellFormed)) {
    throw new RecordingError('a text holds half a surrogate pair, which is no character')
  }
  if (!texts.some((text) => text.includes('\r'))) return { recording, standIn: undefined }
  const standIn = STAND_INS.find((each) => !texts.some((text) => text.includes(each)))
  if (standIn === undefined) {
    throw new RecordingError('the text holds carriage returns and everything that might stand for them')
  }
  return { recording: mapTexts(recording, (text) => text.replaceAll('\r', standIn)), standIn }
}

function textsOf(recording: Recording): string[] {
  if (recording.kind === 'flat') {
    return [recording.startContent, recording.endContent, ...recording.patches.map(([, , text]) => text)]
  }
  const patches = recording.transactions.flatMap((each) => each.patches)
  return [recording.endContent, ...patches.map(([, , text]) => text)]
}

function mapTexts(recording: Recording, change: (text: string) => string): Recording {
  const patched = (patches: readonly Patch[]): Patch[] =>
    patches.map(([position, deleted, inserted]) => [position, deleted, change(inserted)])
  const endContent = change(recording.endContent)
  if (recording.kind === 'flat') {
    const { kind, startContent, patches } = recording
    return { kind, startContent: change(startContent), endContent, patches: patched(patches) }
  }
  const transactions = recording.transactions.map((each) => ({ ...each, patches: patched(each.patches) }))
  return { kind: recording.kind, endContent, transactions }
}
