import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ExcalidrawError, withAssets } from '../../../../src/shared/board/excalidraw'
import { outlineOf } from '../../../../src/shared/board/geometry'
import { moveShapes } from '../../../../src/shared/board/ops'
import type { Shape } from '../../../../src/shared/board/shape'
import { boardFrom, elementsOf, expectSamePath, fixture, pathOf, read } from './excalidrawFiles'
import { after } from './shapes'

describe('a file that Excalidraw has written', () => {
  const text = fixture('flow')
  const scene = read(text)
  const board = boardFrom(scene)
  const [start, choice, answer, first, yes, no, wave, title, code, frame] = board.ordered as [
    Shape,
    Shape,
    Shape,
    Shape,
    Shape,
    Shape,
    Shape,
    Shape,
    Shape,
    Shape,
  ]

  it('X18: opens with the same shapes at the same places', () => {
    expect(scene.skipped).toBe(0)
    expect(board.ordered.map((shape) => shape.type)).toEqual([
      'rectangle',
      'diamond',
      'ellipse',
      'arrow',
      'arrow',
      'arrow',
      'line',
      'text',
      'text',
      'frame',
    ])
    expect(start).toMatchObject({
      box: { x: 100, y: 100, width: 220, height: 80 },
      fill: 'blue',
      fillStyle: 'solid',
      round: true,
      stroke: 'ink',
      label: 'A request comes in',
      frameId: frame.id,
    })
    expect(choice).toMatchObject({
      box: { x: 110, y: 260, width: 200, height: 140 },
      stroke: 'red',
      label: 'Known?',
    })
    expect(answer).toMatchObject({ fill: 'green', fillStyle: 'cross', dash: 'dashed', label: 'Answer' })
    expect(wave).toMatchObject({ strokeWidth: 4, curved: true, closed: false })
    expect(title).toMatchObject({ x: 420, y: 120, label: 'Support desk', fontSize: 28, font: 'sans' })
    expect(code).toMatchObject({ font: 'mono', stroke: 'green', opacity: 0.6 })
    expect(frame).toMatchObject({ label: 'Flow', box: { x: 90, y: 90, width: 374.5, height: 413.75 } })
  })

  it('X18: its arrows go where they went, and follow the shapes they are bound to', () => {
    const elements = elementsOf(text)
    for (const [id, shape] of [
      ['first', first],
      ['yes', yes],
      ['no', no],
      ['wave', wave],
    ] as const) {
      const { x, y, points } = elements.get(id) as { x: number; y: number; points: [number, number][] }
      expectSamePath(
        pathOf(shape),
        points.map(([dx, dy]) => ({ x: x + dx, y: y + dy })),
      )
    }
    expect(yes).toMatchObject({
      label: 'yes',
      endHead: 'triangle',
      start: { shapeId: choice.id },
      end: { shapeId: answer.id },
    })
    expect(no).toMatchObject({
      startHead: 'dot',
      dash: 'dotted',
      curved: true,
      start: { shapeId: choice.id },
      end: undefined,
    })
    const moved = after(board, moveShapes(board, [answer.id], 0, 200))
    expect(pathOf(moved.get(yes.id)).at(-1)?.y).toBeGreaterThan(450)
  })
})

describe('a file in the published format', () => {
  const scene = read(fixture('sketch'))
  const board = boardFrom(scene)
  const named = new Map(
    [
      'sun',
      'cloud',
      'cloud2',
      'hill',
      'slope',
      'signature',
      'scribble',
      'photo',
      'lost',
      'caption',
      'hidden box',
      'from',
      'to',
      'newer',
      'elbow',
      'stray',
      'board',
    ].map((name, i) => [name, board.ordered[i]]),
  )

  it('X18: what is no shape here is skipped and counted, what was deleted is not', () => {
    expect(scene.skipped).toBe(3)
    expect(board.ordered).toHaveLength(named.size)
  })

  it('X18: shapes keep their looks, places and groups', () => {
    expect(named.get('sun')).toMatchObject({
      type: 'ellipse',
      angle: 0.5,
      fill: '#ffd43b',
      stroke: '#ffd43b',
      opacity: 0.8,
    })
    expect(named.get('cloud')).toMatchObject({ fill: '#ffffff', round: true, locked: true })
    expect(named.get('cloud2')).toMatchObject({
      box: { x: 40, y: -120, width: 160, height: 60 },
      fill: 'blue',
      fillStyle: 'hatch',
    })
    expect(named.get('cloud')?.groups).toHaveLength(2)
    expect(named.get('cloud')?.groups).toEqual(named.get('cloud2')?.groups)
    expect(named.get('sun')?.groups).toEqual(named.get('cloud')?.groups.slice(1))
    expect(named.get('hill')).toMatchObject({ type: 'line', closed: true, curved: true, fill: 'green' })
    expect(pathOf(named.get('hill'))).toHaveLength(5)
    expectSamePath(pathOf(named.get('slope')), [
      { x: 50, y: -50 },
      { x: 50, y: 50 },
    ])
    expect(named.get('caption')).toMatchObject({
      wraps: true,
      label: 'what we saw on the way',
      align: 'right',
    })
    expect(named.get('hidden box')).toMatchObject({
      type: 'text',
      label: 'Only text',
      stroke: 'red',
      align: 'center',
    })
    expect(named.get('board')).toMatchObject({ type: 'frame', label: '' })
  })

  it('X18: freehand strokes keep their points and pressure', () => {
    expect(named.get('signature')).toMatchObject({
      type: 'draw',
      x: 20.5,
      y: 40.25,
      hasPressure: true,
      points: [0, 0, 0.2, 10, -8, 0.4, 25.5, 12, 0.6, 40, 22, 0.5, 60, 4, 0.1],
    })
    expect(named.get('scribble')).toMatchObject({ hasPressure: false, angle: 0.3, stroke: '#9c36b5' })
  })

  it('X18: pictures come with what they show', () => {
    expect([...scene.pictures.keys()]).toEqual(['3cebd7720911620a3938ce77243626149da03861'])
    expect(named.get('photo')).toMatchObject({
      box: { x: 300, y: 0, width: 160, height: 90 },
      flipX: true,
      flipY: false,
    })
    const stored = withAssets(scene.shapes, new Map([['3cebd7720911620a3938ce77243626149da03861', 'stored']]))
    expect(stored.flatMap((shape) => (shape.type === 'image' ? [shape.assetId] : []))).toEqual([
      'stored',
      null,
    ])
  })

  it('X18: arrows of newer versions, and bent ones, stay where they are and bound', () => {
    expectSamePath(
      pathOf(named.get('newer')),
      [
        { x: 708, y: 58 },
        { x: 906.3, y: 216.2 },
      ],
      1.001,
    )
    expect(named.get('newer')).toMatchObject({ startHead: 'arrow', endHead: 'triangle' })
    expectSamePath(
      pathOf(named.get('elbow')),
      [
        { x: 700, y: 50 },
        { x: 950, y: 50 },
        { x: 950, y: 195 },
      ],
      1.001,
    )
    expect(named.get('elbow')).toMatchObject({ end: { shapeId: named.get('to')?.id } })
    expect(named.get('stray')).toMatchObject({ start: undefined, end: undefined, endHead: 'none' })
  })
})

describe('what is no drawing of Excalidraw', () => {
  it('X18: is refused with its code, and nothing else is thrown', () => {
    for (const text of [
      '',
      '{',
      'hello',
      '[]',
      'null',
      '7',
      '{"type":"excalidraw"}',
      '{"type":"excalidrawlib","elements":[]}',
      '{"type":"excalidraw","elements":{}}',
    ])
      expect(() => read(text)).toThrow(
        expect.objectContaining({ name: 'ExcalidrawError', code: 'file-not-excalidraw' }),
      )
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.jsonValue(), { maxLength: 4 }), (value, elements) => {
        for (const file of [value, { type: 'excalidraw', elements: [value, ...elements], files: value }]) {
          try {
            boardFrom(read(JSON.stringify(file)))
          } catch (error) {
            expect(error).toBeInstanceOf(ExcalidrawError)
          }
        }
      }),
    )
  })

  it.each([
    ['{', 'not-json'],
    ['a picture', 'not-json'],
    ['[]', 'other-kind'],
    ['{"type":"excalidrawlib","elements":[]}', 'other-kind'],
    ['{"type":"excalidraw","elements":{}}', 'broken'],
  ])('X18: %s is said to be %s', (text, fault) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ fault }))
  })

  it('X18: broken elements are skipped one by one, whatever is broken about them', () => {
    const { elements } = JSON.parse(fixture('sketch')) as { elements: Record<string, unknown>[] }
    const whole = elements.filter(
      (element) => typeof element === 'object' && element['type'] !== 'embeddable',
    )
    const change = fc.record({
      at: fc.nat(),
      key: fc.nat(),
      value: fc.oneof(fc.jsonValue(), fc.constantFrom(1e308, -1e9, NaN, null)),
    })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        const broken = structuredClone(whole)
        for (const { at, key, value } of changes) {
          const element = broken[at % broken.length] as Record<string, unknown>
          const keys = Object.keys(element)
          element[keys[key % keys.length] as string] = value
        }
        const scene = read(JSON.stringify({ type: 'excalidraw', version: 2, elements: broken }))
        const board = boardFrom(scene)
        expect(board.ordered.length).toBeLessThanOrEqual(scene.shapes.length)
        for (const shape of board.ordered) outlineOf(shape)
      }),
      { numRuns: 200 },
    )
  })
})
