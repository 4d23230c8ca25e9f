import type { NewShape } from '../../../src/shared/board/ops'

/** An arrow from one shape to another, held by their middles. */
export function boundArrow(from: string, to: string, look: Partial<NewShape> = {}): NewShape {
  const hold = (shapeId: string) => ({ shapeId, anchor: { x: 0.5, y: 0.5 }, gap: 5, exact: false })
  return {
    id: `${from}-${to}`,
    type: 'arrow',
    x: 0,
    y: 0,
    points: [0, 0, 100, 100],
    start: hold(from),
    end: hold(to),
    fontSize: 16,
    ...look,
  }
}
