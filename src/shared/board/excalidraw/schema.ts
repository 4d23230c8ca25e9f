/**
 * Excalidraw's published file format, version 2, as far as it is used here. What it says of an element beyond this is
 * passed over; what an old or careless writer left out has Excalidraw's default. Numbers are finite and in range.
 */
import { z } from 'zod'
import { MAX_COORDINATE } from '../limits'

z.config({ jitless: true })

/** Most elements of a file that are read. */
export const MAX_ELEMENTS = 50_000
/** Most points of one element. */
const MAX_POINTS = 200_000

const number = z.number().min(-MAX_COORDINATE).max(MAX_COORDINATE)
const id = z.string().min(1).max(200)
const point = z.tuple([number, number]).rest(z.unknown())
const points = z.array(point).max(MAX_POINTS)

const base = z.object({
  id,
  x: number,
  y: number,
  width: number.catch(0),
  height: number.catch(0),
  angle: number.catch(0),
  strokeColor: z.string().max(100).catch('#1e1e1e'),
  backgroundColor: z.string().max(100).catch('transparent'),
  fillStyle: z.string().max(100).catch('solid'),
  strokeWidth: number.catch(2),
  strokeStyle: z.string().max(100).catch('solid'),
  opacity: number.catch(100),
  groupIds: z.array(id).max(100).catch([]),
  frameId: id.nullish().catch(null),
  roundness: z.object({ type: z.number() }).nullish().catch(null),
  /** What `roundness` was called before 2022. */
  strokeSharpness: z.string().nullish().catch(null),
  isDeleted: z.boolean().catch(false),
  locked: z.boolean().catch(false),
  customData: z.object({ inkroom: z.unknown() }).nullish().catch(null),
})

const binding = z
  .object({
    elementId: id,
    mode: z.string().nullish().catch(null),
    fixedPoint: z.tuple([z.number(), z.number()]).nullish().catch(null),
  })
  .nullish()
  .catch(null)
const arrowhead = z.string().nullish().catch(null)

const closed = base.extend({ type: z.enum(['rectangle', 'diamond', 'ellipse']) })
const text = base.extend({
  type: z.literal('text'),
  text: z.string().catch(''),
  originalText: z.string().nullish().catch(null),
  fontSize: number.catch(20),
  fontFamily: z.number().catch(2),
  textAlign: z.string().catch('left'),
  verticalAlign: z.string().catch('top'),
  containerId: id.nullish().catch(null),
  autoResize: z.boolean().catch(true),
})
const line = base.extend({
  type: z.enum(['line', 'arrow', 'draw']),
  points,
  startBinding: binding,
  endBinding: binding,
  startArrowhead: arrowhead,
  endArrowhead: arrowhead,
  polygon: z.boolean().catch(false),
})
const freedraw = base.extend({
  type: z.literal('freedraw'),
  points: points.min(1),
  pressures: z.array(z.number()).max(MAX_POINTS).catch([]),
  simulatePressure: z.boolean().catch(true),
})
const image = base.extend({
  type: z.literal('image'),
  fileId: id.nullish().catch(null),
  scale: z.tuple([z.number(), z.number()]).catch([1, 1]),
})
const frame = base.extend({
  type: z.enum(['frame', 'magicframe']),
  name: z.string().nullish().catch(null),
})

export const elementSchema = z.discriminatedUnion('type', [closed, text, line, freedraw, image, frame])

export type ClosedElement = z.infer<typeof closed>
export type TextElement = z.infer<typeof text>
export type LineElement = z.infer<typeof line>
export type FreedrawElement = z.infer<typeof freedraw>
export type ImageElement = z.infer<typeof image>
export type FrameElement = z.infer<typeof frame>
export type Element = z.infer<typeof elementSchema>
export type ElementBinding = NonNullable<z.infer<typeof binding>>

export const sceneSchema = z.object({
  type: z.enum(['excalidraw', 'excalidraw/clipboard']),
  elements: z.array(z.unknown()).max(MAX_ELEMENTS),
  files: z.record(z.string(), z.unknown()).nullish().catch(null),
})

export const fileSchema = z.object({
  mimeType: z.string().regex(/^image\/[a-z0-9.+-]{1,50}$/),
  dataURL: z.string().regex(/^data:image\/[a-z0-9.+-]{1,50};base64,[A-Za-z0-9+/]*={0,2}$/),
})

/** What we note in the files we write, to read them back as they were. */
export const noteSchema = z.object({
  type: z.enum(['note', 'highlight']).optional().catch(undefined),
  font: z.enum(['sans', 'serif', 'mono']).optional().catch(undefined),
  fillStyle: z.enum(['solid', 'hatch', 'cross']).optional().catch(undefined),
})
