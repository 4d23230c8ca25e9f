import { textType } from '../text'
import { composeAll } from '../composeAll'
import { isEdit, type RecordChange } from './change'
import type { RecordEdit } from './edit'
import { mapTable } from './json'
import { splitPoints } from './pointsOp'
import type { RecordValue } from './record'
import { composeRecords, recordsOpLength, type RecordsOp } from './recordsOp'

/**
 * Ops to apply one after another in place of `op`. None is longer than `maxLength`, unless a name, a property or
 * one character with what stands around it is. A record that is too long is put bare and filled by edits.
 */
export function splitRecords(op: RecordsOp, maxLength: number): RecordsOp[] {
  if (recordsOpLength(op) <= maxLength) return [op]
  const pieces: RecordsOp[] = []
  let group: RecordsOp[] = []
  let used = 0
  const closeGroup = (): void => {
    const piece = composeAll({ compose: composeRecords }, group)
    if (piece !== undefined) pieces.push(piece)
    group = []
    used = 0
  }
  for (const [id, change] of Object.entries(op)) {
    for (const part of partsOf(id, change, maxLength)) {
      const length = recordsOpLength(part)
      if (used + length > maxLength) closeGroup()
      group.push(part)
      used += length
    }
  }
  closeGroup()
  return pieces
}

/** Ops on one record, each with one part of `change`. */
function partsOf(id: string, change: RecordChange, maxLength: number): RecordsOp[] {
  const whole = { [id]: change }
  if (recordsOpLength(whole) <= maxLength) return [whole]
  if (isEdit(change)) return editParts(id, change, maxLength)
  const { purge, put } = change
  if (put === undefined) return [whole]
  const bare: RecordValue = { ...(put.deleted ? { deleted: true } : {}), kind: put.kind }
  const fill: RecordEdit = {
    points: mapTable(put.points, (numbers) => [numbers]),
    set: put.props,
    texts: mapTable(put.texts, (text) => [text]),
  }
  return [{ [id]: { ...(purge ? { purge } : {}), put: bare } }, ...editParts(id, fill, maxLength)]
}

function editParts(id: string, edit: RecordEdit, maxLength: number): RecordsOp[] {
  const parts: RecordsOp[] = []
  const room = (part: 'points' | 'texts', key: string): number =>
    maxLength - recordsOpLength({ [id]: { [part]: { [key]: [] } } }) + 2
  if (edit.deleted !== undefined) parts.push({ [id]: { deleted: edit.deleted } })
  for (const [key, op] of Object.entries(edit.points ?? {}))
    for (const piece of splitPoints(op, room('points', key)))
      parts.push({ [id]: { points: { [key]: piece } } })
  for (const [key, value] of Object.entries(edit.set ?? {})) parts.push({ [id]: { set: { [key]: value } } })
  for (const [key, op] of Object.entries(edit.texts ?? {}))
    for (const piece of textType.split(op, room('texts', key)))
      parts.push({ [id]: { texts: { [key]: piece } } })
  return parts
}
