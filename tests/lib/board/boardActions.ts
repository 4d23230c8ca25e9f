/** Things that people do on a board, as recipes that mean something on any board. */
import { boundsOf, unionOf } from '../../../src/shared/board/geometry'
import {
  alignShapes,
  bindEnd,
  bindingAt,
  continueStroke,
  createShape,
  deleteShapes,
  distributeShapes,
  duplicateShapes,
  extendStroke,
  flipShapes,
  groupShapes,
  moveShapes,
  reorderShapes,
  resizeShapes,
  restoreShapes,
  rotateShapes,
  setLabel,
  setLinePoints,
  setLocked,
  setProps,
  settleInFrames,
  ungroupShapes,
} from '../../../src/shared/board/ops'
import { COLOURS } from '../../../src/shared/board/palette'
import { SHAPE_TYPES, type Box, type Shape } from '../../../src/shared/board/shape'
import type { RecordsOp } from '../../../src/shared/ot/records'
import type { Board } from '../../../src/shared/board/board'
import { purgeShapes } from './purgeShapes'

/** What a random one is picked from: what people do more often occurs twice. */
export const ACTION_KINDS = [
  'create',
  'create',
  'move',
  'move',
  'resize',
  'rotate',
  'flip',
  'style',
  'label',
  'append',
  'continue',
  'bend',
  'delete',
  'restore',
  'purge',
  'group',
  'ungroup',
  'order',
  'lock',
  'duplicate',
  'align',
  'distribute',
  'frame',
  'settle',
  'bind',
] as const

/** Numbers from 0 (included) to 1 stand for a choice among whatever there is. */
export interface BoardAction {
  readonly kind: (typeof ACTION_KINDS)[number]
  /** Which shapes are meant. */
  readonly which: readonly number[]
  readonly choice: number
  readonly x: number
  readonly y: number
  readonly text: string
}

/** Who does it. */
export interface BoardActor {
  readonly board: Board
  newId(): string
}

function pick<T>(list: readonly T[], choice: number): T {
  return list[Math.floor(choice * list.length)] as T
}

/** What the person does. The empty op where it means nothing on this board. */
export function opOf(person: BoardActor, action: BoardAction): RecordsOp {
  const { board } = person
  const { x, y, choice } = action
  if (action.kind === 'create') return create(person, action)
  if (action.kind === 'restore' || action.kind === 'purge') {
    const deleted = [...board.snapshot.records.entries()]
      .filter(([, record]) => record.deleted)
      .map(([id]) => id)
    const ids = deleted.length === 0 ? [] : [pick(deleted, choice)]
    return action.kind === 'restore' ? restoreShapes(board.snapshot, ids) : purgeShapes(board.snapshot, ids)
  }
  if (board.ordered.length === 0) return {}
  const shapes = [...new Set(action.which.map((each) => pick(board.ordered, each)))]
  const ids = shapes.map((shape) => shape.id)
  const first = shapes[0] as Shape
  const bounds = unionOf(shapes.map(boundsOf)) as Box
  switch (action.kind) {
    case 'move':
      return moveShapes(board, ids, x, y)
    case 'resize': {
      const target = { ...bounds, width: bounds.width + x, height: bounds.height + y }
      return resizeShapes(board, ids, { box: bounds, angle: shapes.length === 1 ? first.angle : 0 }, target)
    }
    case 'rotate':
      return rotateShapes(board, ids, x / 100, { x: y, y: x })
    case 'flip':
      return flipShapes(board, ids, bounds, choice < 0.5 ? 'horizontal' : 'vertical')
    case 'style':
      return setProps(board, ids, {
        stroke: pick(COLOURS, choice),
        opacity: choice,
        fontSize: 10 + choice * 20,
      })
    case 'label':
      return 'label' in first ? setLabel(board, first.id, edited(first.label, action)) : {}
    case 'append':
      return isStroke(first) ? extendStroke(board, first.id, [x, y, choice, y, x, choice]) : {}
    case 'continue':
      return isStroke(first)
        ? continueStroke(
            board,
            first.id,
            { id: person.newId(), type: 'draw', x, y, path: [0, 0, choice] },
            person.newId(),
          )
        : {}
    case 'bend':
      return first.type === 'line' || first.type === 'arrow'
        ? setLinePoints(first.id, [
            { x, y },
            { x: y, y: x + 1 },
            { x: 0, y: 5 },
          ])
        : {}
    case 'delete':
      return deleteShapes(board, ids)
    case 'group':
      return groupShapes(board, ids, person.newId(), choice < 0.3 ? first.groups[0] : undefined)
    case 'ungroup':
      return ungroupShapes(board, ids)
    case 'order':
      return reorderShapes(board, ids, pick(['front', 'back', 'forward', 'backward'] as const, choice))
    case 'lock':
      return setLocked(board, ids, choice < 0.5)
    case 'duplicate':
      return board.ordered.length > 40 ? {} : duplicateShapes(board, ids, x, y, () => person.newId()).op
    case 'align':
      return alignShapes(
        board,
        ids,
        pick(['left', 'center', 'right', 'top', 'middle', 'bottom'] as const, choice),
      )
    case 'distribute':
      return distributeShapes(board, ids, choice < 0.5 ? 'horizontal' : 'vertical')
    case 'frame': {
      const frame = board.ordered.find((shape) => shape.type === 'frame')
      return setProps(board, ids, { frameId: choice < 0.7 && frame !== undefined ? frame.id : null })
    }
    case 'settle':
      return settleInFrames(board, ids)
    case 'bind': {
      const arrow = board.ordered.find((shape) => shape.type === 'arrow')
      const middle = { x: bounds.x + bounds.width * choice, y: bounds.y + bounds.height / 2 }
      return arrow === undefined
        ? {}
        : bindEnd(board, arrow.id, choice < 0.5 ? 'start' : 'end', bindingAt(shapes, middle, 5))
    }
  }
}

function create(person: BoardActor, { x, y, choice, text }: BoardAction): RecordsOp {
  const type = pick(SHAPE_TYPES, choice)
  return createShape(person.board, {
    id: person.newId(),
    type,
    x,
    y,
    ...(type === 'line' || type === 'arrow'
      ? { points: [0, 0, x, y] }
      : type === 'draw' || type === 'highlight'
        ? { path: [0, 0, 0.5, x, y, 0.5] }
        : { width: 20 + Math.abs(x), height: 20 + Math.abs(y), label: text }),
  })
}

function isStroke(shape: Shape): boolean {
  return shape.type === 'draw' || shape.type === 'highlight'
}

function edited(label: string, { choice, text }: BoardAction): string {
  const characters = Array.from(label)
  characters.splice(Math.floor(choice * (characters.length + 1)), choice < 0.4 ? 2 : 0, text)
  return characters.join('')
}
