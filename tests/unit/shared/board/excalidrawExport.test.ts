import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Board } from '../../../../src/shared/board/board'
import {
  exportClipboard,
  exportExcalidraw,
  isExcalidrawClipboard,
} from '../../../../src/shared/board/excalidraw'
import { groupShapes } from '../../../../src/shared/board/ops'
import { recordsType } from '../../../../src/shared/ot/records'
import { actionArbitrary, opOf } from './actions'
import { boardFrom, elementsOf, read } from './excalidrawFiles'
import { Authority, Person } from './people'
import { after, arrow, boardOf, rectangle } from './shapes'

const noPictures = { picture: () => undefined }

/** What of a shape survives Excalidraw's format, ids as places in the drawing order. */
function essence(board: Board): unknown[] {
  const rank = new Map(board.ordered.map((shape, i) => [shape.id, i]))
  const groupNames = new Map<string, number>()
  const nameOf = (group: string): number => {
    const name = groupNames.get(group) ?? groupNames.size
    groupNames.set(group, name)
    return name
  }
  return board.ordered.map((shape) => {
    const { width, height } = shape.box
    const frame = shape.frameId === undefined ? undefined : board.get(shape.frameId)
    const common = {
      type: shape.type,
      angle: Math.round(Math.cos(shape.angle) * 1000),
      opacity: Math.round(shape.opacity * 1000),
      groups: shape.groups.map(nameOf),
      frame: frame?.type === 'frame' ? rank.get(frame.id) : undefined,
      locked: shape.locked,
    }
    switch (shape.type) {
      case 'rectangle':
      case 'diamond':
      case 'ellipse':
      case 'note':
      case 'text': {
        const text =
          shape.label === '' ? {} : { label: shape.label, fontSize: shape.fontSize, align: shape.align }
        const stroke = shape.type === 'note' && shape.label === '' ? undefined : shape.stroke
        return { ...common, ...text, stroke, fill: shape.fill, dash: shape.dash }
      }
      case 'arrow':
        return {
          ...common,
          stroke: shape.stroke,
          heads: [shape.startHead, shape.endHead],
          label: shape.label,
        }
      case 'line':
        return { ...common, stroke: shape.stroke, curved: shape.curved, count: shape.points.length }
      case 'draw':
      case 'highlight':
        return {
          ...common,
          stroke: shape.stroke,
          width: Math.round(shape.strokeWidth * 100),
          // Points all at one place are a dot, however many.
          count: width + height < 0.01 ? 'dot' : shape.points.length,
        }
      case 'image':
        return { ...common, flips: [shape.flipX, shape.flipY], asset: shape.assetId }
      case 'frame':
        return { ...common, label: shape.label }
    }
  })
}

describe('what is written for Excalidraw', () => {
  it('X18: names no frame that is not written with it, for a text and a label either', () => {
    const board = boardOf(
      { type: 'frame', id: 'frame', x: 0, y: 0, width: 500, height: 500 },
      { type: 'text', id: 'text', x: 10, y: 10, width: 100, height: 25, label: 'alone', frameId: 'frame' },
      { ...rectangle('box', 50, 60), label: 'in it', frameId: 'frame' },
    )
    const inFrame = board.ordered.filter(({ type }) => type !== 'frame')
    const framesOf = (shapes: typeof inFrame): unknown[] =>
      [...elementsOf(exportExcalidraw(shapes, noPictures)).values()].map(({ frameId }) => frameId)
    expect(framesOf(inFrame)).toEqual([null, null, null])
    expect(framesOf([...board.ordered])).toEqual([null, 'frame', 'frame', 'frame'])
  })

  it('X19: comes back as it was', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(actionArbitrary, { minLength: 10, maxLength: 60 }), (actions) => {
        const person = new Person('anna', new Authority())
        for (const action of actions) person.edit(opOf(person, action))
        const scene = read(exportExcalidraw(person.board.ordered, noPictures))
        expect(scene.skipped).toBe(0)
        const again = boardFrom(scene)
        expect(essence(again)).toEqual(essence(person.board))
        again.ordered.forEach(({ box }, i) => {
          const before = person.board.ordered[i]?.box
          for (const side of ['x', 'y', 'width', 'height'] as const)
            expect(Math.abs(box[side] - (before?.[side] ?? NaN))).toBeLessThan(0.5)
        })
      }),
      { numRuns: Number(process.env['LAW_RUNS'] ?? 150) },
    )
  })

  it('X19: has everything that Excalidraw expects of an element', () => {
    let board = boardOf(
      rectangle('a', 0, 0, { label: 'A', fill: 'yellow' }),
      rectangle('b', 300, 0),
      { ...arrow('way', 'a', 'b'), label: 'then' },
      { id: 'note', type: 'note', x: 0, y: 300, width: 100, height: 100, label: 'remember' },
      { id: 'mark', type: 'highlight', x: 0, y: 0, path: [0, 0, 0.5, 9, 9, 0.5], stroke: 'yellow' },
      { id: 'picture', type: 'image', x: 0, y: 0, width: 10, height: 10, assetId: 'stored' },
    )
    board = after(board, groupShapes(board, ['a', 'b'], 'pair'))
    const text = exportExcalidraw(board.ordered, {
      picture: (id) =>
        id === 'stored' ? { mimeType: 'image/png', dataUrl: 'data:image/png;base64,AAAA' } : undefined,
    })
    const elements = elementsOf(text)
    const keys = [
      'angle',
      'backgroundColor',
      'boundElements',
      'fillStyle',
      'frameId',
      'groupIds',
      'height',
      'id',
      'index',
      'isDeleted',
      'link',
      'locked',
      'opacity',
      'roughness',
      'roundness',
      'seed',
      'strokeColor',
      'strokeStyle',
      'strokeWidth',
      'type',
      'updated',
      'version',
      'versionNonce',
      'width',
      'x',
      'y',
    ]
    for (const element of elements.values())
      expect(Object.keys(element)).toEqual(expect.arrayContaining(keys))
    expect([...elements.keys()]).toEqual([
      'a',
      'a-label',
      'b',
      'way',
      'way-label',
      'note',
      'note-label',
      'mark',
      'picture',
    ])
    const order = [...elements.values()].map((element) => String(element['index']))
    expect(order).toEqual([...order].sort())
    expect(elements.get('a')).toMatchObject({
      backgroundColor: '#ffec99',
      boundElements: [
        { id: 'a-label', type: 'text' },
        { id: 'way', type: 'arrow' },
      ],
      groupIds: ['pair'],
    })
    expect(elements.get('a-label')).toMatchObject({ containerId: 'a', originalText: 'A', groupIds: ['pair'] })
    expect(elements.get('way')).toMatchObject({
      startBinding: { elementId: 'a', focus: 0, gap: 4 },
      endBinding: { elementId: 'b' },
      startArrowhead: null,
      endArrowhead: 'arrow',
    })
    expect(elements.get('note')).toMatchObject({ type: 'rectangle', strokeColor: 'transparent' })
    expect(elements.get('mark')).toMatchObject({ type: 'freedraw', opacity: 40 })
    expect(JSON.parse(text)).toMatchObject({
      type: 'excalidraw',
      version: 2,
      files: { stored: { mimeType: 'image/png' } },
    })
  })

  it('X19: what is copied for Excalidraw is taken back from the clipboard', () => {
    const board = boardOf(rectangle('a', 5, 6))
    const text = exportClipboard(board.ordered, noPictures)
    expect(isExcalidrawClipboard(text)).toBe(true)
    expect(isExcalidrawClipboard('some text about "excalidraw/clipboard"')).toBe(false)
    expect(boardFrom(read(text)).ordered[0]).toMatchObject({ type: 'rectangle', x: 5, y: 6 })
  })

  it('a stroke that is too long for one shape is read as several that belong together', () => {
    const points = Array.from({ length: 10_000 }, (_, i) => [i, Math.sin(i)])
    const element = { id: 'long', type: 'freedraw', x: 0, y: 0, points }
    const board = boardFrom(read(JSON.stringify({ type: 'excalidraw', elements: [element] })))
    expect(board.ordered.map((shape) => shape.box.x)).toEqual([0, 4095, 8190])
    expect(board.inGroup(board.ordered[0]?.groups[0] ?? '')).toHaveLength(3)
    expect(recordsType.snapshotLength(board.snapshot)).toBeGreaterThan(100_000)
  })

  it('X18: a stroke that is too long for one shape keeps its turn', () => {
    const points = Array.from({ length: 10_000 }, (_, i) => [i, 0])
    // About the middle of its box, by a quarter: it goes down now.
    const element = { id: 'long', type: 'freedraw', x: 0, y: 0, angle: Math.PI / 2, points }
    const board = boardFrom(read(JSON.stringify({ type: 'excalidraw', elements: [element] })))
    const [first] = board.ordered
    expect(board.ordered).toHaveLength(3)
    expect(first?.box.x).toBeCloseTo(4999.5, 0)
    expect(first?.box.y).toBeCloseTo(-4999.5, 0)
    expect(first?.box.width).toBeLessThan(1)
  })
})
