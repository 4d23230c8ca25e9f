import { describe, expect, it } from 'vitest'
import { labelFromName, layPictures } from '../../../../../src/renderer/board/pictures/placePictures'
import { place } from '../../../../../src/renderer/composables/board/useBoardPictures'
import { BoardDesk } from '../../../../lib/boardDesk'

const VIEW = { x: 0, y: 0, width: 1000, height: 800 }
const MIDDLE = { x: 500, y: 400 }
const picture = (width: number, height: number, assetId = 'a') => ({ assetId, width, height, label: '' })

function lay(...pictures: ReturnType<typeof picture>[]) {
  let made = 0
  return layPictures(pictures, MIDDLE, VIEW, () => `id${made++}`)
}

describe('pictures put onto a board', () => {
  it('have a unit for each pixel, around the place', () => {
    expect(lay(picture(300, 200))).toMatchObject([{ x: 350, y: 300, width: 300, height: 200 }])
  })

  it('that would not fit into the view are made smaller and keep their proportions', () => {
    const [shape] = lay(picture(4000, 1000))
    expect(shape).toMatchObject({ width: 600, height: 150 })
  })

  it('lie side by side without touching, of one height, where there are several', () => {
    const shapes = lay(
      picture(400, 400),
      picture(800, 400),
      picture(300, 600),
      picture(100, 100),
      picture(64, 64),
    )
    const boxes = shapes.map(({ x = 0, y = 0, width = 0, height = 0 }) => ({ x, y, width, height }))
    for (const [i, a] of boxes.entries()) {
      expect(Math.round(a.height)).toBe(Math.round(boxes[0]?.height ?? 0))
      for (const b of boxes.slice(i + 1)) {
        const isApart =
          a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
        expect(isApart).toBe(true)
      }
    }
    expect(new Set(boxes.map(({ y }) => y)).size).toBe(2)
  })

  it('are selected, and one step to undo', () => {
    const desk = new BoardDesk()
    desk.tool('draw')
    place(desk.editor, [picture(100, 100), picture(100, 100, 'b')])
    expect(desk.shapes).toHaveLength(2)
    expect(desk.editor.selected).toHaveLength(2)
    expect(desk.editor.toolName.value).toBe('select')
    desk.editor.undo()
    expect(desk.shapes).toEqual([])
  })

  it('at the same place twice lie beside each other', () => {
    const desk = new BoardDesk()
    for (let i = 0; i < 3; i++) place(desk.editor, [picture(100, 100)])
    expect(desk.shapes.map(({ x }) => x)).toEqual([450, 474, 498])
  })

  it('do not take the pen out of the hand that draws by now', () => {
    const desk = new BoardDesk()
    desk.tool('draw').down(0, 0).move(30, 0)
    place(desk.editor, [picture(100, 100)])
    desk.move(60, 0).up(90, 0)
    expect(desk.shapes.map(({ type }) => type).sort()).toEqual(['draw', 'image'])
    expect(desk.editor.toolName.value).toBe('draw')
  })
})

describe('resizing a picture', () => {
  function pictureDesk(): BoardDesk {
    const desk = new BoardDesk()
    desk.put({ id: 'p', type: 'image', x: 100, y: 100, width: 400, height: 200, assetId: 'a' })
    desk.editor.select(['p'])
    return desk
  }
  const sizeOf = (desk: BoardDesk) => {
    const { width = 0, height = 0 } = desk.shape('p')?.box ?? {}
    return [Math.round(width), Math.round(height)]
  }

  it('keeps its proportions at a corner and at a side, and not with Shift', () => {
    const corner = pictureDesk()
    corner.drag([504, 304], [904, 304])
    expect(sizeOf(corner)).toEqual([800, 400])
    const side = pictureDesk()
    side.drag([504, 200], [704, 200])
    expect(sizeOf(side)).toEqual([600, 300])
    const free = pictureDesk()
    free.drag([504, 304], [904, 304], { shift: true })
    expect(sizeOf(free)).toEqual([800, 200])
  })

  it('by keyboard keeps its proportions too', () => {
    const desk = pictureDesk()
    desk.commands.resizeBy(40, 0)
    expect(sizeOf(desk)).toEqual([440, 220])
    desk.commands.resizeBy(0, -20)
    expect(sizeOf(desk)).toEqual([400, 200])
  })

  it('over its own edge mirrors it', () => {
    const desk = pictureDesk()
    desk.drag([504, 200], [0, 200])
    expect(desk.shape('p')).toMatchObject({ flipX: true, flipY: false })
  })
})

describe('the description a picture begins with', () => {
  it.each([
    ['Team at the lake.jpg', 'Team at the lake'],
    ['budget_2025.png', 'budget 2025'],
    ['IMG_2034.JPG', ''],
    ['image.png', ''],
    ['PXL_20250101_101112.jpg', ''],
    ['Screenshot 2025-01-01 10.11.12.png', ''],
    ['图表.png', '图表'],
  ])('of %s is "%s"', (name, label) => {
    expect(labelFromName(name)).toBe(label)
  })
})
