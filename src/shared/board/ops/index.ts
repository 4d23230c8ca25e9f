/** Makers of ops on a board. Each is pure: it reads a board and gives one op that fits its content. */
export * from './arrange'
export * from './bindings'
export * from './clipboard'
export { createAroundSteps, createShape, createShapes, cutLabel, shapeRecord } from './create'
export * from './frames'
export * from './groups'
export * from './labels'
export { moveEach, moveShapes } from './move'
export { asNew, type NewShape, type ShapeProps } from './props'
export * from './remove'
export * from './reorder'
export * from './selection'
export * from './strokes'
export * from './style'
export {
  flipShapes,
  resizeShapes,
  rotateShapes,
  setLinePoints,
  type ResizeTarget,
  type SelectionFrame,
} from './transform'
