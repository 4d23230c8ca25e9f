import { boundsOf } from '../../shared/board/geometry/bounds'
import { centreOf, unionOf } from '../../shared/board/geometry/box'
import {
  alignShapes,
  deleteShapes,
  distributeShapes,
  duplicateShapes,
  groupShapes,
  moveShapes,
  reorderShapes,
  resizeShapes,
  rotateShapes,
  setLocked,
  setProps,
  settleInFrames,
  ungroupShapes,
  type Alignment,
  type Reorder,
  type ShapeProps,
} from '../../shared/board/ops'
import type { BoardEditor } from './boardEditor'
import { fitBox, reveal, zoomStep, zoomTo } from './camera'
import { frameAround } from './handles'
import type { Point } from './model'
import type { NextStyle } from './nextStyle'

/** Distance of a copy from what it was made of, in board units. */
const COPY_OFFSET = 20

/** What menus, panels and keys do to the board. Each is one step to undo. */
export class BoardCommands {
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
    editor.edit(resizeShapes(editor.board, this.#free(), frame, target), 'resize')
  }

  /** Turns what is selected about its middle, by radians. */
  rotateBy(angle: number): void {
    const { editor } = this
    const frame = frameAround(editor.selectedShapes)
    if (frame === undefined) return
    editor.edit(rotateShapes(editor.board, this.#free(), angle, centreOf(frame.box)), 'rotate')
  }

  /** Gives what is selected another look, and what is drawn next too. */
  restyle(props: ShapeProps, next: Partial<NextStyle>): void {
    const { editor } = this
    editor.nextStyle.set({ ...editor.style, ...next })
    editor.edit(setProps(editor.board, editor.selected, props), `style ${Object.keys(props).join(' ')}`)
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
    editor.chooseTool('select')
    editor.select([shape.id])
    this.#reveal()
    return true
  }

  /** Ids of what is selected and not locked. */
  #free(): string[] {
    return this.editor.selectedShapes.filter((shape) => !shape.locked).map(({ id }) => id)
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
