import { centreOf } from '../../shared/board/geometry/box'
import { rotatePoint } from '../../shared/board/geometry/vector'
import { LINE_HEIGHT } from '../../shared/board/style'
import type { TextMeasure } from '../../shared/board/textLayout'
import { labelPlaceOf } from './labelField'
import type { Point, Shape } from './model'

/** A caret as a line, in board units. */
export interface CaretLine {
  readonly top: Point
  readonly bottom: Point
}

/** Where a caret stands in a label as it is drawn; undefined for shapes without one. */
export function caretLine(shape: Shape, offset: number, measure: TextMeasure): CaretLine | undefined {
  if (!('label' in shape)) return undefined
  const { box, font, fontSize, align } = labelPlaceOf(shape)
  const lines = 'lines' in shape ? shape.lines : [shape.label]
  const starts = lineStarts(shape.label, lines)
  const found = starts.findLastIndex((start) => start <= offset)
  const index = Math.max(0, found)
  const line = lines[index] ?? ''
  const start = starts[index] ?? 0
  const share = align === 'left' ? 0 : align === 'center' ? 0.5 : 1
  const begin = box.x + share * (box.width - measure(line, font, fontSize))
  const before = line.slice(0, Math.max(0, offset - start))
  const x = begin + measure(before, font, fontSize)
  const y = box.y + index * fontSize * LINE_HEIGHT
  const middle = centreOf(shape.box)
  const turned = (point: Point): Point => rotatePoint(point, shape.angle, middle)
  return { top: turned({ x, y }), bottom: turned({ x, y: y + fontSize * LINE_HEIGHT }) }
}

/** Where in the label each of its lines begins. Spaces at which a line is broken belong to the line before. */
export function lineStarts(label: string, lines: readonly string[]): number[] {
  const starts: number[] = []
  let at = 0
  for (const line of lines) {
    starts.push(at)
    at += line.length
    while (at < label.length && label[at] !== '\n' && /\s/u.test(label.charAt(at))) at++
    if (label[at] === '\n') at++
  }
  return starts
}
