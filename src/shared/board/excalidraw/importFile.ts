import { readShape } from '../readShape'
import type { ArrowShape, Shape } from '../shape'
import { cutLabel, shapeRecord } from '../ops/create'
import type { NewShape } from '../ops/props'
import { finish, type Steps } from '../steps'
import { estimateLayout, type SetText } from '../textLayout'
import { bindingsFor } from './importBindings'
import { canHoldLabel, shapesOf } from './importElements'
import {
  elementSchema,
  fileSchema,
  sceneSchema,
  type Element,
  type LineElement,
  type TextElement,
} from './schema'

export type ExcalidrawErrorCode = 'file-not-excalidraw'

/** What is wrong with a file: it is no JSON, JSON of something else, or a drawing whose parts are not as they should be. */
export type ExcalidrawFault = 'not-json' | 'other-kind' | 'broken'

/** A file that is not one of Excalidraw's. `code` is stable; the message is English, for logs and developers. */
export class ExcalidrawError extends Error {
  override readonly name = 'ExcalidrawError'
  readonly code: ExcalidrawErrorCode = 'file-not-excalidraw'

  constructor(
    readonly fault: ExcalidrawFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** A picture in the file, still as text. */
export interface ExcalidrawPicture {
  readonly mimeType: string
  /** `data:image/...;base64,...` */
  readonly dataUrl: string
}

export interface ImportedScene {
  /** To be given to `createShapes`, in drawing order, at the places they have in the file. Ids are new. */
  readonly shapes: readonly NewShape[]
  /** By what shapes of type `image` have as `assetId`, until the pictures are stored: see {@link withAssets}. */
  readonly pictures: ReadonlyMap<string, ExcalidrawPicture>
  /** Elements that are no shapes here: embedded pages, and what is broken. */
  readonly skipped: number
}

export interface ImportOptions {
  /** Makes ids of records. */
  newId(): string
  /** Sets labels, which decide how high shapes are. */
  readonly setText?: SetText
}

/** The part of the work that reading the elements is. */
const READ_PART = 0.5

/** True for text that looks like shapes copied in Excalidraw. */
export function isExcalidrawClipboard(text: string): boolean {
  return text.trimStart().startsWith('{') && text.includes('"excalidraw/clipboard"')
}

/** Reads an `.excalidraw` file or what Excalidraw puts on the clipboard. Throws {@link ExcalidrawError}. */
export function importExcalidraw(text: string, options: ImportOptions): ImportedScene {
  return finish(importSteps(text, options))
}

/** {@link importExcalidraw}, an element each step. */
export function* importSteps(text: string, options: ImportOptions): Steps<ImportedScene> {
  const scene = parseScene(text)
  let skipped = 0
  const elements = new Map<string, Element>()
  for (const [i, value] of scene.elements.entries()) {
    yield (READ_PART * i) / scene.elements.length
    if (isDeleted(value)) continue
    const parsed = elementSchema.safeParse(value)
    if (parsed.success && !elements.has(parsed.data.id)) elements.set(parsed.data.id, parsed.data)
    else skipped++
  }
  const labels = labelsOf(elements)
  const shapes: NewShape[] = []
  for (const element of elements.values()) {
    if (element.type === 'text' && labels.get(element.containerId ?? '') === element) continue
    const made = shapesOf(element, labels.get(element.id))
    if (made.length === 0) skipped++
    shapes.push(...made)
  }
  return {
    shapes: renamed(yield* bound(shapes, elements, options.setText), options),
    pictures: picturesOf(scene),
    skipped,
  }
}

/** Shapes with the pictures named as they are stored. A picture that is not in the map is missing. */
export function withAssets(
  shapes: readonly NewShape[],
  assets: ReadonlyMap<string, string>,
): readonly NewShape[] {
  return shapes.map((shape) =>
    shape.type === 'image' ? { ...shape, assetId: assets.get(shape.assetId ?? '') ?? null } : shape,
  )
}

function parseScene(text: string): ReturnType<typeof sceneSchema.parse> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new ExcalidrawError('not-json', 'the file is not JSON', { cause: error })
  }
  const parsed = sceneSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const fault = issue?.path[0] === 'elements' ? 'broken' : 'other-kind'
  throw new ExcalidrawError(fault, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a drawing'}`)
}

function isDeleted(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'isDeleted' in value && value.isDeleted === true
}

/** The text inside of each element that has one. */
function labelsOf(elements: ReadonlyMap<string, Element>): Map<string, TextElement> {
  const labels = new Map<string, TextElement>()
  for (const element of elements.values()) {
    const container = element.type === 'text' ? (element.containerId ?? undefined) : undefined
    if (element.type === 'text' && container !== undefined && canHoldLabel(elements.get(container)))
      if (!labels.has(container)) labels.set(container, element)
  }
  return labels
}

/** The shapes, arrows held by what holds them in the file. */
function* bound(
  shapes: readonly NewShape[],
  elements: ReadonlyMap<string, Element>,
  setText: SetText = estimateLayout,
): Steps<NewShape[]> {
  const read = new Map<string, Shape>()
  for (const [i, shape] of shapes.entries()) {
    yield READ_PART + ((1 - READ_PART) / 2) * (i / shapes.length)
    const known = readShape(shape.id, shapeRecord(shape), setText)
    if (known !== undefined) read.set(shape.id, known)
  }
  const held: NewShape[] = []
  for (const [i, shape] of shapes.entries()) {
    yield (1 + READ_PART) / 2 + ((1 - READ_PART) / 2) * (i / shapes.length)
    const arrow = read.get(shape.id)
    const element = elements.get(shape.id)
    const isHeld = arrow?.type === 'arrow' && element !== undefined && 'startBinding' in element
    held.push(isHeld ? { ...shape, ...bindingsOf(arrow, element, read) } : shape)
  }
  return held
}

function bindingsOf(
  arrow: ArrowShape,
  element: LineElement,
  shapes: ReadonlyMap<string, Shape>,
): Pick<NewShape, 'start' | 'end'> {
  const holders = { start: element.startBinding?.elementId, end: element.endBinding?.elementId }
  const { start = null, end = null } = bindingsFor(arrow, holders, (id) => shapes.get(id))
  return { start, end }
}

/** Shapes with new ids, those of their groups, frames and holders with them. */
function renamed(shapes: readonly NewShape[], { newId }: ImportOptions): NewShape[] {
  const ids = new Map(shapes.map((shape) => [shape.id, newId()]))
  const frames = new Set(shapes.filter((shape) => shape.type === 'frame').map((shape) => shape.id))
  const groups = new Map<string, string>()
  const groupOf = (id: string): string => {
    const known = groups.get(id) ?? newId()
    groups.set(id, known)
    return known
  }
  const renameBinding = (binding: NewShape['start']): NewShape['start'] => {
    const shapeId = ids.get(binding?.shapeId ?? '')
    return binding === null || binding === undefined || shapeId === undefined ? null : { ...binding, shapeId }
  }
  return shapes.map((shape) => ({
    ...shape,
    id: ids.get(shape.id) as string,
    ...(shape.label === undefined ? {} : { label: cutLabel(shape.label) }),
    groups: (shape.groups ?? []).map(groupOf),
    frameId: frames.has(shape.frameId ?? '') ? (ids.get(shape.frameId ?? '') ?? null) : null,
    start: renameBinding(shape.start),
    end: renameBinding(shape.end),
  }))
}

function picturesOf(scene: ReturnType<typeof sceneSchema.parse>): Map<string, ExcalidrawPicture> {
  const pictures = new Map<string, ExcalidrawPicture>()
  for (const [id, value] of Object.entries(scene.files ?? {})) {
    const parsed = fileSchema.safeParse(value)
    if (parsed.success) pictures.set(id, { mimeType: parsed.data.mimeType, dataUrl: parsed.data.dataURL })
  }
  return pictures
}
