export { isEdit, type RecordChange } from './change'
export type { RecordEdit } from './edit'
export { isName, own, type Json, type JsonArray, type JsonObject } from './json'
export {
  appendPoints,
  editRecord,
  purgeRecord,
  putRecord,
  removeRecord,
  restoreRecord,
  rewriteText,
} from './ops'
export { compareOrder, isOrderKey, orderBetween, type Ordered, type Placement } from './order'
export type { RecordsPosition } from './position'
export { pointsOf, propOf, recordLength, textOf, type RecordValue } from './record'
export type { RecordsOp } from './recordsOp'
export { recordsType } from './recordsType'
export type { RecordsSnapshot } from './snapshot'
