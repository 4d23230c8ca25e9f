/** The document type for plain text. */
export { textType } from './textType'
export { MAX_REACH, TextOpBuilder, replacement, type TextOp } from './textOp'
export { isWellFormed } from './unicode'
