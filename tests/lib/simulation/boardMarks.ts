/** Where marks are in the records of a board: characters of labels, points of strokes, and one property of each put. */
import {
  isEdit,
  pointsOf,
  propOf,
  textOf,
  type RecordsOp,
  type RecordValue,
} from '../../../src/shared/ot/records'

/** A property that no version of the app knows: it has to come through all the same. */
export const MARK_PROP = 'mark'

const LETTERS = /[\ue000-\uf8ff]/g

function lettersOf(text: string): string[] {
  return text.match(LETTERS) ?? []
}

/** Every mark in a record, each as often as it stands there. */
export function marksOf(record: RecordValue | undefined): string[] {
  if (record === undefined) return []
  const put = propOf(record, MARK_PROP)
  return [
    ...(typeof put === 'string' ? [put] : []),
    ...lettersOf(textOf(record, 'label')),
    ...pointsOf(record, 'path').filter(isMark).map(String),
  ]
}

/** Every mark that an op inserts. */
export function insertedBy(op: RecordsOp): string[] {
  return Object.values(op).flatMap((change) => {
    if (!isEdit(change)) return marksOf(change.put)
    const label = change.texts?.['label'] ?? []
    const path = change.points?.['path'] ?? []
    return [
      ...label.flatMap((part) => (typeof part === 'string' ? lettersOf(part) : [])),
      ...path.flatMap((part) => (typeof part === 'number' ? [] : part.filter(isMark).map(String))),
    ]
  })
}

/** Names of what an op writes as a whole: properties, and whether a shape is there. */
export function writtenBy(op: RecordsOp): string[] {
  return Object.entries(op).flatMap(([id, change]) => {
    if (!isEdit(change)) return []
    const properties = Object.keys(change.set ?? {}).map((key) => `${id}.${key}`)
    return change.deleted === undefined ? properties : [...properties, id]
  })
}

/** Coordinates that nobody else writes into a stroke end in .37, see Marks. */
function isMark(number: number): boolean {
  return number >= 1000 && Math.round((number % 1) * 100) === 37
}
