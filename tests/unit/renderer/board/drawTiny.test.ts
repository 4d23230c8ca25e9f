import { describe, expect, it } from 'vitest'
import { boardColours } from '../../../../src/renderer/board/draw/colours'
import { drawTiny } from '../../../../src/renderer/board/draw/drawTiny'
import type { DrawContext, Look } from '../../../../src/renderer/board/draw/drawShape'
import type { NewShape } from '../../../../src/shared/board/ops'
import { BoardDesk } from '../../../lib/boardDesk'

/** A context that writes down what it is told to do. */
function recorder() {
  const calls: string[] = []
  const values: Record<string | symbol, unknown> = { globalAlpha: 1 }
  const context = new Proxy(values, {
    get: (_, key) =>
      key in values ? values[key] : (...args: unknown[]) => calls.push(`${String(key)}(${args.join()})`),
    set: (_, key, value) => {
      values[key] = value
      return true
    },
  })
  return { context: context as unknown as DrawContext, calls, values }
}

function drawn(shape: Omit<NewShape, 'id'>, scale: number) {
  const desk = new BoardDesk()
  desk.put({ ...shape, id: 's' } as NewShape)
  const read = desk.shape('s')
  if (read === undefined) throw new Error('there is no shape')
  const record = recorder()
  const look = { colours: boardColours('light'), scale } as Look
  return { isDrawn: drawTiny(record.context, read, look), ...record }
}

const BOX = { type: 'rectangle', x: 0, y: 0, width: 100, height: 60 } as const
const STROKE = {
  type: 'draw',
  x: 0,
  y: 0,
  path: Array.from({ length: 60 }, (_, i) => [i * 2, i % 2, 0.5]).flat(),
} as const

describe('a shape seen from afar', () => {
  it.each(['rectangle', 'ellipse', 'diamond'] as const)('is drawn without more: %s', (type) => {
    const { isDrawn, calls, values } = drawn({ ...BOX, type, fill: 'red', fillStyle: 'hatch' }, 0.05)
    expect(isDrawn).toBe(true)
    expect(calls).toContain('fill()')
    expect(calls).toContain('stroke()')
    expect(calls.some((call) => /save|clip/.test(call))).toBe(false)
    // The next shape must not be as faint.
    expect(values['globalAlpha']).toBe(1)
  })

  it('is left to the one who draws everything where it is large on the screen', () => {
    expect(drawn(BOX, 1)).toMatchObject({ isDrawn: false, calls: [] })
  })

  it.each([
    ['turned', { angle: 1 }],
    ['seen through', { opacity: 0.5 }],
    ['dashed', { dash: 'dashed' as const }],
    ['in a frame, which clips it', { frameId: 'f' }],
  ])('is left to that one, too, where it is %s', (_, props) => {
    expect(drawn({ ...BOX, ...props }, 0.05)).toMatchObject({ isDrawn: false, calls: [] })
  })

  it('has no label that nobody could read, and leaves one that can be seen to others', () => {
    expect(drawn({ ...BOX, label: 'Ask', fontSize: 20 }, 0.05).isDrawn).toBe(true)
    expect(drawn({ ...BOX, label: 'Ask', fontSize: 60 }, 0.05).isDrawn).toBe(false)
  })

  it('has of a stroke the points that one can tell, its ends among them', () => {
    const { isDrawn, calls } = drawn(STROKE, 0.05)
    expect(isDrawn).toBe(true)
    const lines = calls.filter((call) => call.startsWith('lineTo'))
    expect(lines.length).toBeLessThan(8)
    expect(calls).toContain('moveTo(0,0)')
    expect(lines.at(-1)).toBe('lineTo(118,1)')
  })

  it('is there where it is only a dot', () => {
    const { calls } = drawn({ ...STROKE, path: [0, 0, 0.5] }, 0.05)
    expect(calls.filter((call) => call.startsWith('lineTo'))).toHaveLength(1)
  })
})
