import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CarriedPicture } from '../../../../src/renderer/board/carriedPicture'
import { CarriedShapes } from '../../../../src/renderer/board/carriedShapes'
import type { DrawContext } from '../../../../src/renderer/board/draw/drawShape'
import { TILE_SIZE } from '../../../../src/renderer/board/tileLayer'
import { FrozenBoard } from '../../../../src/renderer/board/tools/frozenBoard'
import type { Box } from '../../../../src/shared/board'
import { deleteShapes, type NewShape } from '../../../../src/shared/board/ops'
import { BoardDesk, boardHub } from '../../../lib/boardDesk'

const MANY = 300

/** Ten in a row. */
const many = (): NewShape[] =>
  Array.from({ length: MANY }, (_, i) => ({
    id: `s${i}`,
    type: 'rectangle',
    x: (i % 10) * 40,
    y: Math.floor(i / 10) * 40,
    width: 30,
    height: 30,
    fill: 'blue',
  }))

let anna: BoardDesk
let ben: BoardDesk
beforeEach(() => {
  const hub = boardHub()
  anna = new BoardDesk(hub, 'anna')
  ben = new BoardDesk(hub, 'ben')
  anna.put(...many())
  anna.commands.selectAll()
})

const edits = (): number => anna.hub.log.length
const carried = () => anna.editor.feedback.value.carried

describe('hundreds of shapes that are dragged', () => {
  it('X28: are edited four times a second at most, and shown where the pointer is meanwhile', () => {
    const before = edits()
    anna.down(15, 15).move(20, 15).move(40, 25)
    expect(edits()).toBe(before)
    expect(carried()).toMatchObject({ dx: 25, dy: 10 })
    anna.clock.advance(250)
    expect(edits()).toBe(before + 1)
    expect(ben.shape('s0')?.box).toMatchObject({ x: 25, y: 10 })
    anna.move(45, 25).move(55, 25)
    anna.clock.advance(249)
    expect(edits()).toBe(before + 1)
    anna.move(65, 25)
    anna.clock.advance(1)
    expect(ben.shape('s299')?.box).toMatchObject({ x: 9 * 40 + 50, y: 29 * 40 + 10 })
    // A hand that rests has nothing to tell.
    anna.clock.advance(10_000)
    expect(edits()).toBe(before + 2)
  })

  it('X28: lie where they were let go, as one step to undo', () => {
    anna.down(15, 15).move(40, 15)
    anna.clock.advance(300)
    anna.move(50, 15).up(60, 35)
    const after = edits()
    anna.clock.advance(10_000)
    expect(edits()).toBe(after)
    expect(carried()).toBeUndefined()
    expect(ben.shape('s0')?.box).toMatchObject({ x: 45, y: 20 })
    anna.editor.undo()
    expect(ben.shape('s0')?.box).toMatchObject({ x: 0, y: 0 })
  })

  it('X28: go back where they were on Escape', () => {
    anna.down(15, 15).move(40, 15)
    anna.clock.advance(300)
    anna.move(50, 15)
    anna.editor.tool.cancel()
    anna.clock.advance(10_000)
    expect(carried()).toBeUndefined()
    expect(ben.shape('s0')?.box).toMatchObject({ x: 0, y: 0 })
  })

  it('X28: are edited more seldom where an edit takes long', () => {
    const apply = anna.editor.edit.bind(anna.editor)
    vi.spyOn(anna.editor, 'edit').mockImplementation((op, key) => {
      apply(op, key)
      anna.clock.advance(200)
    })
    anna.down(15, 15).move(20, 15)
    anna.clock.advance(250)
    const after = edits()
    anna.move(30, 15)
    anna.clock.advance(799)
    expect(edits()).toBe(after)
    anna.clock.advance(1)
    expect(edits()).toBe(after + 1)
  })

  it('are edited with each move where they are fewer', () => {
    anna.editor.select(
      many()
        .slice(1)
        .map(({ id }) => id),
    )
    const before = edits()
    anna.down(55, 15).move(60, 15).move(70, 15)
    expect(edits()).toBe(before + 2)
    expect(carried()).toBeUndefined()
  })
})

describe('the picture of what is carried', () => {
  const view = { x: 0, y: 0, width: 2 * TILE_SIZE - 1, height: TILE_SIZE - 1 }
  let painted: Box[]
  let drawnAt: number[][]
  let repainted: Box[]
  let time: number
  let picture: CarriedPicture
  let shapes: CarriedShapes
  const context = {
    save: () => undefined,
    restore: () => undefined,
    setTransform: () => undefined,
    drawImage: (_: unknown, x: number, y: number) => void drawnAt.push([x, y]),
  } as unknown as DrawContext

  beforeEach(() => {
    painted = []
    drawnAt = []
    repainted = []
    time = 0
    vi.stubGlobal('OffscreenCanvas', function () {
      const easel = new Proxy(
        { canvas: { transferToImageBitmap: () => ({ close: () => undefined }) } },
        { get: (target, key) => (key in target ? target.canvas : () => undefined) },
      )
      return { getContext: () => easel }
    })
    picture = new CarriedPicture(
      () => anna.editor.board,
      (box) => repainted.push(box),
      (_, area) => {
        painted.push(area)
        time += 10
      },
      () => time,
    )
    shapes = new CarriedShapes(new FrozenBoard(anna.editor.board, anna.editor.selected))
  })

  afterEach(() => vi.unstubAllGlobals())

  it('is painted once, whole, and only moved after that', () => {
    picture.carry({ shapes, dx: 0, dy: 0 })
    expect(picture.draw(context, view, 1)).toBe(true)
    expect(painted).toHaveLength(2)
    picture.carry({ shapes, dx: -10, dy: 0 })
    drawnAt = []
    expect(picture.draw(context, { ...view, width: view.width - 20 }, 1)).toBe(true)
    expect(painted).toHaveLength(2)
    expect(drawnAt).toEqual([
      [-10, 0],
      [TILE_SIZE - 10, 0],
    ])
  })

  it('is all there at once after a jump of the zoom, and stays so however much is in view', () => {
    const far = { ...view, width: view.width * 20, height: view.height * 20 }
    picture.carry({ shapes, dx: 0, dy: 0 })
    picture.draw(context, view, 1)
    expect(picture.draw(context, far, 0.2)).toBe(true)
    // As far out as the tiles there are go.
    for (let frame = 0; frame < 1000 && !picture.draw(context, far, 0.1); frame++);
    const after = painted.length
    expect(picture.draw(context, far, 0.1)).toBe(true)
    expect(painted).toHaveLength(after)
  })

  it('grows by what comes into view, a little with each frame', () => {
    picture.carry({ shapes, dx: 0, dy: 0 })
    picture.draw(context, view, 1)
    picture.carry({ shapes, dx: 0, dy: -TILE_SIZE })
    expect(picture.draw(context, view, 1)).toBe(false)
    expect(painted).toHaveLength(3)
    expect(picture.draw(context, view, 1)).toBe(true)
    expect(painted).toHaveLength(4)
  })

  it('has the board below painted where the shapes leave it and where they come back', () => {
    picture.carry({ shapes, dx: 0, dy: 0 })
    picture.carry({ shapes, dx: 5, dy: 0 })
    expect(repainted).toHaveLength(1)
    anna.down(15, 15).up(115, 15)
    picture.carry(undefined)
    expect(repainted).toHaveLength(2)
    expect(picture.has('s0')).toBe(false)
  })

  it('is painted anew where it looks different: in another theme, or where a picture has come', () => {
    picture.carry({ shapes, dx: 0, dy: 0 })
    picture.draw(context, view, 1)
    const before = painted.length
    picture.forget()
    expect(picture.draw(context, view, 1)).toBe(true)
    expect(painted).toHaveLength(2 * before)
  })

  it('loses what somebody else deletes', () => {
    const area = { x: 0, y: 0, width: 35, height: 35 }
    expect(shapes.search(area).map(({ id }) => id)).toEqual(['s0'])
    ben.doc.edit(deleteShapes(ben.editor.board, ['s0']))
    expect(shapes.search(area)).toEqual([])
    picture.carry({ shapes, dx: 0, dy: 0 })
    picture.draw(context, view, 1)
    picture.take(['somewhere else'])
    picture.draw(context, view, 1)
    expect(painted).toHaveLength(2)
    picture.take(['s0'])
    picture.draw(context, view, 1)
    expect(painted).toHaveLength(4)
  })
})
