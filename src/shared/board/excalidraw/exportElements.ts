/** Shapes as elements of Excalidraw. */
import { middleOf } from '../geometry/bounds'
import { linePath, pointsOfLine } from '../geometry/outline'
import { arrowLabelBox, labelBox } from '../labels'
import { STROKE_STRIDE, type Box, type Labelled, type Point, type Shape, type StrokeShape } from '../shape'
import { LINE_HEIGHT } from '../style'
import { storedFine } from '../ops/props'
import { fillTo, strokeTo } from './colours'
import { focusOf } from './exportFocus'
import {
  arrowheadTo,
  DOT_STEP,
  fillStyleTo,
  fontTo,
  FREEDRAW_WIDTH,
  HIGHLIGHT_OPACITY,
  HIGHLIGHT_WIDTH,
} from './values'

/** An element as JSON. */
export type ElementOut = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string }

/** What an element has to know of the others. */
export interface SceneContext {
  get(id: string): Shape | undefined
  /** Ids of the arrows that the shape holds. */
  arrowsAt(id: string): readonly string[]
}

/** The shape's element, and behind it the one of its label. */
export function elementsOf(shape: Shape, context: SceneContext): ElementOut[] {
  switch (shape.type) {
    case 'rectangle':
    case 'diamond':
    case 'ellipse': {
      const roundness = shape.type === 'rectangle' ? { type: 3 } : { type: 2 }
      const body = { ...base(shape, context), type: shape.type, roundness: shape.round ? roundness : null }
      return [body, ...labelOf(shape, context)]
    }
    case 'note': {
      const note = { ...made(shape), type: 'note' }
      const look = { strokeColor: 'transparent', roundness: null, customData: { inkroom: note } }
      return [{ ...base(shape, context), ...look, type: 'rectangle' }, ...labelOf(shape, context)]
    }
    case 'text':
      return [
        {
          ...textElement(shape, shape, shape.box),
          ...{ id: shape.id, containerId: null, autoResize: !shape.wraps, frameId: frameOf(shape, context) },
        },
      ]
    case 'line':
      return [lineElement(shape, context)]
    case 'arrow':
      return [arrowElement(shape, context), ...labelOf(shape, context)]
    case 'draw':
    case 'highlight':
      return [strokeElement(shape, context)]
    case 'image': {
      const scale = [shape.flipX ? -1 : 1, shape.flipY ? -1 : 1]
      const file = { fileId: shape.assetId ?? null, status: 'saved', scale, crop: null }
      return [
        { ...base(shape, context), ...file, type: 'image', strokeColor: 'transparent', roundness: null },
      ]
    }
    case 'frame':
      return [{ ...base(shape, context), type: 'frame', name: shape.label || null, roundness: null }]
  }
}

function base(
  shape: Shape,
  context: SceneContext,
): { readonly id: string } & Readonly<Record<string, unknown>> {
  const arrows = context.arrowsAt(shape.id).map((id) => ({ id, type: 'arrow' }))
  const label = labelIdOf(shape)
  const texts = label === undefined ? [] : [{ id: label, type: 'text' }]
  return {
    ...untied(shape, shape.box),
    boundElements: arrows.length + texts.length === 0 ? null : [...texts, ...arrows],
    frameId: frameOf(shape, context),
  }
}

/** Its frame, where that is written, too. */
function frameOf({ frameId }: Shape, context: SceneContext): string | null {
  return frameId !== undefined && context.get(frameId)?.type === 'frame' ? frameId : null
}

/** What every element has. What we have no use for has Excalidraw's usual value. */
function untied(shape: Shape, box: Box): { readonly id: string } & Readonly<Record<string, unknown>> {
  const note = made(shape)
  return {
    id: shape.id,
    x: box.x,
    y: box.y,
    width: box.width,
    height: box.height,
    angle: shape.angle,
    strokeColor: strokeTo(shape.stroke),
    backgroundColor: fillTo(shape.fill),
    fillStyle: fillStyleTo(shape.fillStyle),
    strokeWidth: shape.strokeWidth,
    strokeStyle: shape.dash,
    roughness: 0,
    opacity: storedFine(shape.opacity * 100),
    groupIds: shape.groups,
    frameId: null,
    roundness: null,
    seed: seedOf(shape.id),
    version: 1,
    versionNonce: seedOf(shape.id),
    isDeleted: false,
    boundElements: null,
    updated: 1,
    link: null,
    locked: shape.locked,
    ...(Object.keys(note).length === 0 ? {} : { customData: { inkroom: note } }),
  }
}

/** What Excalidraw has no word for. */
function made(shape: Shape): Readonly<Record<string, unknown>> {
  return 'font' in shape && shape.font === 'serif' ? { font: shape.font } : {}
}

/** Excalidraw's seed of a drawing by hand, always the same for one shape. */
function seedOf(id: string): number {
  let seed = 7
  for (let i = 0; i < id.length; i++) seed = (seed * 31 + id.charCodeAt(i)) % 2_147_483_647
  return seed
}

function labelIdOf(shape: Shape): string | undefined {
  if (!('lines' in shape) || shape.type === 'text' || shape.label === '') return undefined
  return `${shape.id}-label`
}

/** The text inside of a shape. */
function labelOf(
  shape: Shape & { readonly type: 'rectangle' | 'diamond' | 'ellipse' | 'note' | 'arrow' },
  context: SceneContext,
): ElementOut[] {
  const id = labelIdOf(shape)
  if (id === undefined) return []
  const room =
    shape.type === 'arrow'
      ? arrowLabelBox(middleOf(linePath(shape)), shape)
      : labelBox(shape.type, shape.box, shape, shape.lines.length)
  const share = shape.align === 'left' ? 0 : shape.align === 'center' ? 0.5 : 1
  const box = { ...room, x: room.x + (room.width - shape.textWidth) * share, width: shape.textWidth }
  return [
    {
      ...textElement(shape, shape, box),
      ...{ id, containerId: shape.id, autoResize: true, frameId: frameOf(shape, context) },
      angle: shape.type === 'arrow' ? 0 : shape.angle,
    },
  ]
}

function textElement(shape: Shape, text: Labelled, box: Box): ElementOut {
  return {
    ...untied(shape, box),
    type: 'text',
    backgroundColor: 'transparent',
    text: text.lines.join('\n'),
    originalText: text.label,
    fontSize: text.fontSize,
    fontFamily: fontTo(text.font),
    textAlign: text.align,
    verticalAlign: text.verticalAlign,
    lineHeight: LINE_HEIGHT,
  }
}

/** Points as Excalidraw has them: relative to the first, which is at 0, 0. */
function pointsOf(points: readonly Point[]): Readonly<Record<string, unknown>> {
  const origin = points[0] as Point
  return { x: origin.x, y: origin.y, points: points.map(({ x, y }) => [x - origin.x, y - origin.y]) }
}

function lineElement(shape: Shape & { readonly type: 'line' }, context: SceneContext): ElementOut {
  const points = pointsOfLine(shape)
  const all = shape.closed ? [...points, points[0] as Point] : points
  return {
    ...base(shape, context),
    ...pointsOf(all),
    type: 'line',
    roundness: shape.curved ? { type: 2 } : null,
    startBinding: null,
    endBinding: null,
    startArrowhead: null,
    endArrowhead: null,
    lastCommittedPoint: null,
    polygon: shape.closed,
  }
}

function arrowElement(shape: Shape & { readonly type: 'arrow' }, context: SceneContext): ElementOut {
  const points = pointsOfLine(shape)
  const binding = (which: 'start' | 'end'): unknown => {
    const held = shape[which]
    const holder = held === undefined ? undefined : context.get(held.shapeId)
    if (held === undefined || holder === undefined) return null
    const [end, next] = which === 'start' ? [points[0], points[1]] : [points.at(-1), points.at(-2)]
    const focus = focusOf(holder, end as Point, next as Point)
    return { elementId: held.shapeId, focus, gap: Math.max(1, held.gap), fixedPoint: null }
  }
  return {
    ...base(shape, context),
    ...pointsOf(points),
    type: 'arrow',
    roundness: shape.curved ? { type: 2 } : null,
    startBinding: binding('start'),
    endBinding: binding('end'),
    startArrowhead: arrowheadTo(shape.startHead),
    endArrowhead: arrowheadTo(shape.endHead),
    lastCommittedPoint: null,
    elbowed: false,
  }
}

function strokeElement(shape: StrokeShape, context: SceneContext): ElementOut {
  const isHighlight = shape.type === 'highlight'
  const points: Point[] = []
  const pressures: number[] = []
  for (let i = 0; i + 2 < shape.points.length; i += STROKE_STRIDE) {
    const [x, y, pressure] = shape.points.slice(i, i + STROKE_STRIDE) as [number, number, number]
    points.push({ x: shape.x + x * shape.scaleX, y: shape.y + y * shape.scaleY })
    pressures.push(pressure)
  }
  // A dot is two points there, as near to each other as its own pen sets them.
  const [first] = points
  if (points.length === 1 && first !== undefined) {
    points.push({ x: first.x + DOT_STEP, y: first.y + DOT_STEP })
    pressures.push(pressures[0] ?? 0.5)
  }
  const note = isHighlight ? { customData: { inkroom: { type: 'highlight' } } } : {}
  return {
    ...base(shape, context),
    ...pointsOf(points),
    ...note,
    type: 'freedraw',
    backgroundColor: 'transparent',
    strokeWidth: isHighlight ? shape.strokeWidth * HIGHLIGHT_WIDTH : shape.strokeWidth / FREEDRAW_WIDTH,
    opacity: storedFine(shape.opacity * (isHighlight ? HIGHLIGHT_OPACITY : 100)),
    pressures: shape.hasPressure ? pressures : [],
    simulatePressure: !shape.hasPressure,
    lastCommittedPoint: null,
  }
}
