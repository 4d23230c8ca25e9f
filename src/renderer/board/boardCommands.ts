import { canHold } from '../../shared/board/geometry/arrowRoute'
import { boundsOf } from '../../shared/board/geometry/bounds'
import { centreOf, unionOf } from '../../shared/board/geometry/box'
import {
  alignShapes,
  deleteShapes,
  distributeShapes,
  duplicateShapes,
  flipShapes,
  groupShapes,
  moveShapes,
  reorderShapes,
  resizeShapes,
  rotateShapes,
  setLocked,
  settleInFrames,
  ungroupShapes,
  type Alignment,
  type Reorder,
} from '../../shared/board/ops'
import { DEFAULT_GAP } from '../../shared/board/limits'
import { lineThrough } from '../../shared/board/ops/transform'
import type { BoardEditor } from './boardEditor'
import { fitBox, reveal, zoomStep, zoomTo } from './camera'
import { frameAround } from './handles'
import type { Point, Shape } from './model'
import { styleOfNew, type NextStyle } from './nextStyle'
import { readLook, wearLook, type Look } from './looks'

/** Distance of a copy from what it was made of, in board units. */
const COPY_OFFSET = 20

/** What menus, panels and keys do to the board. Each is one step to undo. */
export class BoardCommands {
  /** What stays selected while {@link step} goes on; means nothing once it is not selected any more. */
  #marked: readonly string[] = []
  /** The shape an arrow is to begin at. */
  #from: string | undefined
  #look: Look | undefined

  constructor(private readonly editor: BoardEditor) {}

  selectAll(): void {
    const { editor } = this
    editor.chooseTool('select')
    editor.select(editor.board.ordered.filter((shape) => !shape.locked).map(({ id }) => id))
  }

  remove(): number {
    const ids = this.#free()
    this.editor.edit(deleteShapes(this.editor.board, ids))
    return ids.length
  }

  duplicate(): void {
    const { editor } = this
    if (!editor.hasRoom(editor.selected.length)) return
    const made = duplicateShapes(editor.board, editor.selected, COPY_OFFSET, COPY_OFFSET, () =>
      editor.newId(),
    )
    editor.edit(made.op)
    editor.select(made.ids)
  }

  group(): void {
    const { editor } = this
    if (editor.selected.length > 1) editor.edit(groupShapes(editor.board, editor.selected, editor.newId()))
  }

  ungroup(): void {
    this.editor.edit(ungroupShapes(this.editor.board, this.editor.selected))
  }

  /** Locks what is selected; unlocks it where all of it is locked. */
  toggleLock(): void {
    const { editor } = this
    const isLocked = editor.selectedShapes.every((shape) => shape.locked)
    editor.edit(setLocked(editor.board, editor.selected, !isLocked))
  }

  reorder(how: Reorder): void {
    this.editor.edit(reorderShapes(this.editor.board, this.editor.selected, how))
  }

  align(how: Alignment): void {
    this.editor.edit(alignShapes(this.editor.board, this.#free(), how))
  }

  distribute(axis: 'horizontal' | 'vertical'): void {
    this.editor.edit(distributeShapes(this.editor.board, this.#free(), axis))
  }

  /** Moves what is selected; presses in a row are one step. */
  nudge(dx: number, dy: number): void {
    const { editor } = this
    editor.edit(moveShapes(editor.board, this.#free(), dx, dy), 'nudge')
    editor.edit(settleInFrames(editor.board, this.#free()), 'nudge')
    this.#reveal()
  }

  /** Makes what is selected wider and higher, or narrower and lower. */
  resizeBy(dx: number, dy: number): void {
    const { editor } = this
    const frame = frameAround(editor.selectedShapes)
    if (frame === undefined) return
    const { x, y, width, height } = frame.box
    const target = { x, y, width: Math.max(1, width + dx), height: Math.max(1, height + dy) }
    if (editor.selectedShapes.every(({ type }) => type === 'image')) {
      // Pictures keep their proportions.
      const scale = dx === 0 ? target.height / height : target.width / width
      Object.assign(target, { width: width * scale, height: height * scale })
    }
    editor.edit(resizeShapes(editor.board, this.#free(), frame, target), 'resize')
  }

  /** Turns what is selected about its middle, by radians. */
  rotateBy(angle: number): void {
    const { editor } = this
    const frame = frameAround(editor.selectedShapes)
    if (frame === undefined) return
    editor.edit(rotateShapes(editor.board, this.#free(), angle, centreOf(frame.box)), 'rotate')
  }

  /** Mirrors what is selected, in the box around it. */
  flip(axis: 'horizontal' | 'vertical'): void {
    const { board } = this.editor
    const box = unionOf(this.#freeShapes().map(boundsOf))
    if (box !== undefined) this.editor.edit(flipShapes(board, this.#free(), box, axis))
  }

  /** Gives what is selected another look, of each as much as it can have, and what is drawn next too. */
  restyle(look: Look, next: Partial<NextStyle>): void {
    const { editor } = this
    editor.nextStyle.set({ ...editor.style, ...next })
    editor.edit(wearLook(editor.board, editor.selected, look), `style ${Object.keys(look).join(' ')}`)
  }

  zoomBy(factor: number, at: Point): void {
    const { editor } = this
    editor.setCamera(zoomTo(editor.camera, editor.camera.zoom * factor, at))
  }

  zoomStep(direction: 1 | -1): void {
    const { editor } = this
    editor.setCamera(zoomTo(editor.camera, zoomStep(editor.camera.zoom, direction), this.#middle()))
  }

  zoomReset(): void {
    this.editor.setCamera(zoomTo(this.editor.camera, 1, this.#middle()))
  }

  /** Shows all there is; on an empty board, its middle. */
  zoomToFit(): void {
    const { editor } = this
    const box = editor.board.bounds
    if (box !== undefined) editor.setCamera(fitBox(box, editor.size))
  }

  zoomToSelection(): void {
    const { editor } = this
    const box = unionOf(editor.selectedShapes.map(boundsOf))
    if (box === undefined) this.zoomToFit()
    else editor.setCamera(fitBox(box, editor.size, 2))
  }

  /** Selects the next shape in drawing order, or the one before: how Tab goes through a board. */
  step(direction: 1 | -1): boolean {
    const { editor } = this
    const { ordered } = editor.board
    const current = editor.selected.at(-1)
    const at = current === undefined ? -1 : ordered.findIndex(({ id }) => id === current)
    const next = at < 0 && direction < 0 ? ordered.length - 1 : at + direction
    const shape = ordered[next]
    if (shape === undefined) {
      editor.select([])
      return false
    }
    const marked = this.#marked.filter((id) => editor.selected.includes(id))
    this.#marked = marked
    editor.chooseTool('select')
    editor.select([...marked.filter((id) => id !== shape.id), shape.id])
    this.#reveal()
    return true
  }

  /** Keeps the shape selected last while {@link step} goes on to others, or no longer. */
  mark(): { readonly shape: Shape; readonly isMarked: boolean } | undefined {
    const { editor } = this
    const shape = editor.selectedShapes.at(-1)
    if (shape === undefined) return undefined
    const marked = this.#marked.filter((id) => editor.selected.includes(id))
    const isMarked = !marked.includes(shape.id)
    this.#marked = isMarked ? [...marked, shape.id] : marked.filter((id) => id !== shape.id)
    return { shape, isMarked }
  }

  /**
   * Draws an arrow between two selected shapes. With one, remembers it as the beginning, and draws the arrow when
   * called again with another. Undefined where nothing selected can hold an arrow.
   */
  connect(): { readonly from: Shape; readonly to: Shape | undefined } | undefined {
    const { editor } = this
    const [a, b] = editor.selectedShapes.slice(-2)
    if (!editor.canWrite.value || a === undefined || !canHold(a)) return undefined
    const start = b === undefined && this.#from !== undefined ? editor.board.get(this.#from) : undefined
    const [from, to] = b === undefined ? [start, a] : [a, b]
    if (from === undefined || from.id === to.id || !canHold(from)) {
      this.#from = a.id
      return { from: a, to: undefined }
    }
    if (!canHold(to)) return undefined
    this.#from = undefined
    const hold = ({ id }: Shape) => ({
      shapeId: id,
      anchor: { x: 0.5, y: 0.5 },
      gap: DEFAULT_GAP,
      exact: false,
    })
    const id = editor.newId()
    const line = lineThrough([centreOf(from.box), centreOf(to.box)])
    const look = styleOfNew('arrow', editor.style)
    if (!editor.create({ id, type: 'arrow', ...look, ...line, start: hold(from), end: hold(to) }))
      return undefined
    editor.select([id])
    return { from, to }
  }

  /** Forgets where an arrow was to begin; true where there was such a shape. */
  stopConnecting(): boolean {
    const wasConnecting = this.#from !== undefined
    this.#from = undefined
    return wasConnecting
  }

  /** True where a look was remembered. */
  get hasLook(): boolean {
    return this.#look !== undefined
  }

  /** Remembers how the shape selected first looks. */
  copyLook(): boolean {
    const [shape] = this.editor.selectedShapes
    if (shape === undefined) return false
    this.#look = readLook(shape)
    return true
  }

  /** Gives what is selected the look that was remembered: of each as much as it can have. */
  pasteLook(): boolean {
    const { editor } = this
    if (this.#look === undefined || editor.selected.length === 0) return false
    editor.edit(wearLook(editor.board, editor.selected, this.#look))
    return true
  }

  /** Ids of what is selected and not locked. */
  #free(): string[] {
    return this.#freeShapes().map(({ id }) => id)
  }

  #freeShapes(): Shape[] {
    return this.editor.selectedShapes.filter((shape) => !shape.locked)
  }

  #reveal(): void {
    const { editor } = this
    const box = unionOf(editor.selectedShapes.map(boundsOf))
    if (box === undefined) return
    const next = reveal(editor.camera, box, editor.size)
    if (next.x !== editor.camera.x || next.y !== editor.camera.y) editor.setCamera(next)
  }

  #middle(): Point {
    const { width, height } = this.editor.size
    return { x: width / 2, y: height / 2 }
  }
}
