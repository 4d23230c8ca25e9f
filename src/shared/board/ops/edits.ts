import { recordsType, type RecordEdit, type RecordsOp } from '../../ot/records'
import { storedProps, type ShapeProps } from './props'

/** Collects edits of records into one op, at most one edit for each record. */
export class Edits {
  readonly #edits = new Map<string, RecordEdit>()

  /** Writes properties. */
  set(id: string, props: ShapeProps): this {
    const { set, ...rest } = this.#edits.get(id) ?? {}
    this.#edits.set(id, { ...rest, set: { ...set, ...storedProps(props) } })
    return this
  }

  /** Removes a record or brings it back. */
  setDeleted(id: string, deleted: boolean): this {
    this.#edits.set(id, { ...this.#edits.get(id), deleted })
    return this
  }

  op(): RecordsOp {
    return recordsType.parseOp(Object.fromEntries(this.#edits))
  }
}
