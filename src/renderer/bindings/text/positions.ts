import type { EditorSelection } from '@codemirror/state'
import { MAX_PLACE, type Place } from '../../../shared/ot/places'

/** One range of somebody's selection; a caret where both are equal. Units: UTF-16 code units. */
export interface TextRange {
  readonly anchor: number
  readonly head: number
}

/** What presence carries for a selection: anchor and head of each range, the main range first. */
export function placeOfSelection(selection: EditorSelection): Place<number> {
  const others = selection.ranges.filter((range) => range !== selection.main)
  return [selection.main, ...others].flatMap(({ anchor, head }) => [anchor, head]).slice(0, MAX_PLACE)
}

/** A place as ranges inside a text of `length`, the main range first. */
export function rangesOfPlace(place: Place<number>, length: number): readonly TextRange[] {
  const ranges: TextRange[] = []
  for (let i = 0; i < place.length; i += 2) {
    const anchor = Math.min(place[i] ?? 0, length)
    ranges.push({ anchor, head: Math.min(place[i + 1] ?? anchor, length) })
  }
  return ranges
}
