/** One shape as SVG elements. */
import { boundsOf, FRAME_TITLE_HEIGHT, headLength, HIGHLIGHTER_SIZE, middleOf } from '../geometry/bounds'
import { centreOf } from '../geometry/box'
import { linePath, pointsOfLine } from '../geometry/outline'
import { arrowLabelBox, labelBox } from '../labels'
import type { ArrowShape, Box, ClosedShape, ImageShape, Labelled, Point, Shape } from '../shape'
import { LINE_HEIGHT, type Align, type Arrowhead, type ShapeStyle } from '../style'
import { at, boxPath, closedPath, hatchPath, inkPath, linePathData, num, strokeCentrePath } from './paths'
import type { SvgLook } from './svgLook'
import { element, escapeXml, type Attributes } from './xml'

/** The shape; `mark` makes ids in the document, and differs for each shape. */
export function svgShape(shape: Shape, look: SvgLook, mark: string): string {
  const { x, y } = centreOf(shape.box)
  const degrees = (shape.angle * 180) / Math.PI
  return element(
    'g',
    {
      opacity: shape.opacity === 1 ? undefined : num(shape.opacity),
      transform: shape.angle === 0 ? undefined : `rotate(${num(degrees)} ${num(x)} ${num(y)})`,
    },
    painted(shape, look, mark),
  )
}

function painted(shape: Shape, look: SvgLook, mark: string): string {
  switch (shape.type) {
    case 'rectangle':
    case 'diamond':
    case 'ellipse':
      return closedShape(shape, look, mark) + insideLabel(shape, look)
    case 'note': {
      const fill = look.fillTone(shape.fill === 'none' ? 'yellow' : shape.fill)
      return element('path', { d: boxPath(shape.box), fill }) + insideLabel(shape, look)
    }
    case 'text':
      return insideLabel(shape, look)
    case 'line': {
      const d = linePathData(shape)
      const fill = shape.closed ? fillOf(d, shape.box, shape, look, mark) : ''
      return fill + element('path', { d, ...pen(shape, look) })
    }
    case 'arrow':
      return arrow(shape, look, mark)
    case 'draw':
      return element('path', {
        d: inkPath(shape),
        fill: look.strokeTone(shape.stroke),
        transform: `translate(${at(shape)})`,
      })
    case 'highlight':
      return element('path', {
        d: strokeCentrePath(shape),
        ...pen({ ...shape, dash: 'solid', strokeWidth: shape.strokeWidth * HIGHLIGHTER_SIZE }, look),
        opacity: num(look.highlightOpacity),
        transform: `translate(${at(shape)})`,
      })
    case 'image':
      return image(shape, look)
    case 'frame': {
      const title = shape.label.split('\n')[0] ?? ''
      const box = { ...shape.box, x: shape.box.x + 2, y: shape.box.y - FRAME_TITLE_HEIGHT }
      const radius = Math.min(8, shape.box.width / 4, shape.box.height / 4)
      return (
        element('path', {
          d: boxPath(shape.box, radius),
          fill: 'none',
          stroke: look.frame,
          'stroke-width': 1.5,
        }) + textLines([title], box, { font: 'sans', fontSize: 14, align: 'left' }, look.frameTitle, look)
      )
    }
  }
}

function closedShape(shape: ClosedShape, look: SvgLook, mark: string): string {
  const d = closedPath(shape)
  return fillOf(d, shape.box, shape, look, mark) + element('path', { d, ...pen(shape, look) })
}

function fillOf(d: string, box: Box, style: ShapeStyle, look: SvgLook, mark: string): string {
  if (style.fill === 'none') return ''
  if (style.fillStyle === 'solid') return element('path', { d, fill: look.fillTone(style.fill) })
  const lines = hatchPath(box, 1) + (style.fillStyle === 'cross' ? hatchPath(box, -1) : '')
  return (
    element('clipPath', { id: `fill-${mark}` }, element('path', { d })) +
    element('path', {
      d: lines,
      'clip-path': `url(#fill-${mark})`,
      fill: 'none',
      stroke: look.strokeTone(style.fill),
      'stroke-opacity': 0.55,
      'stroke-width': 1.2,
    })
  )
}

function pen(style: ShapeStyle, look: SvgLook): Attributes {
  const width = style.strokeWidth
  const dashes =
    style.dash === 'dashed'
      ? `${num(6 + width * 2)} ${num(5 + width * 2.2)}`
      : style.dash === 'dotted'
        ? `0.01 ${num(3 + width * 1.8)}`
        : undefined
  return {
    fill: 'none',
    stroke: look.strokeTone(style.stroke),
    'stroke-width': num(width),
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'stroke-dasharray': dashes,
  }
}

function arrow(shape: ArrowShape, look: SvgLook, mark: string): string {
  const points = pointsOfLine(shape)
  const line = { ...pen(shape, look), 'stroke-dasharray': undefined }
  const heads =
    arrowhead(shape.startHead, points[0] as Point, points[1] as Point, headLength(shape), line) +
    arrowhead(shape.endHead, points.at(-1) as Point, points.at(-2) as Point, headLength(shape), line)
  const way = element('path', { d: linePathData(shape), ...pen(shape, look) })
  if (shape.label === '') return way + heads
  // The line stops where its label stands.
  const place = arrowLabelBox(middleOf(linePath(shape)), shape)
  const { x, y, width, height } = boundsOf(shape)
  const around = { x: x - 100, y: y - 100, width: width + 200, height: height + 200 }
  const hole = element('path', { d: boxPath(around) + boxPath(place), 'clip-rule': 'evenodd' })
  return (
    element('clipPath', { id: `gap-${mark}` }, hole) +
    element('g', { 'clip-path': `url(#gap-${mark})` }, way + heads) +
    textLines(shape.lines, place, { ...shape, align: 'center' }, look.strokeTone(shape.stroke), look)
  )
}

function arrowhead(head: Arrowhead, tip: Point, from: Point, length: number, line: Attributes): string {
  const turn = Math.atan2(tip.y - from.y, tip.x - from.x)
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const place = (x: number, y: number): Point => ({
    x: tip.x + (x * cos - y * sin) * length,
    y: tip.y + (x * sin + y * cos) * length,
  })
  const path = (...points: Point[]): string => `M${points.map(at).join('L')}`
  const filled = { ...line, fill: line['stroke'] }
  switch (head) {
    case 'none':
      return ''
    case 'arrow':
      return element('path', { d: path(place(-1, -0.52), tip, place(-1, 0.52)), ...line })
    case 'triangle':
      return element('path', { d: `${path(tip, place(-1, -0.5), place(-1, 0.5))}Z`, ...filled })
    case 'diamond': {
      const corners = path(tip, place(-0.6, -0.38), place(-1.2, 0), place(-0.6, 0.38))
      return element('path', { d: `${corners}Z`, ...filled })
    }
    case 'dot':
      return element('circle', {
        cx: num(tip.x),
        cy: num(tip.y),
        r: num(length * 0.32),
        fill: line['stroke'],
      })
    case 'bar':
      return element('path', { d: path(place(0, -0.5), place(0, 0.5)), ...line })
  }
}

function insideLabel(
  shape: Shape & { readonly type: 'rectangle' | 'diamond' | 'ellipse' | 'note' | 'text' },
  look: SvgLook,
): string {
  if (shape.label === '') return ''
  const box = labelBox(shape.type, shape.box, shape, shape.lines.length)
  return textLines(shape.lines, box, shape, look.labelTone(shape), look)
}

function textLines(
  lines: readonly string[],
  box: Box,
  { font, fontSize, align }: Pick<Labelled, 'font' | 'fontSize'> & { readonly align: Align },
  fill: string,
  look: SvgLook,
): string {
  const share = align === 'left' ? 0 : align === 'center' ? 0.5 : 1
  const step = fontSize * LINE_HEIGHT
  const baseline = step / 2 + fontSize * 0.36
  const rows = lines.map((line, i) =>
    line === ''
      ? ''
      : element(
          'tspan',
          { x: num(box.x + share * box.width), y: num(box.y + i * step + baseline) },
          escapeXml(line),
        ),
  )
  if (rows.every((row) => row === '')) return ''
  const anchor = align === 'left' ? undefined : align === 'center' ? 'middle' : 'end'
  const attributes = {
    'font-family': look.fontFamily(font),
    'font-size': num(fontSize),
    fill,
    'text-anchor': anchor,
    'xml:space': 'preserve',
  }
  return element('text', attributes, rows.join(''))
}

function image(shape: ImageShape, look: SvgLook): string {
  const { box, assetId, flipX, flipY, label } = shape
  const href = assetId === undefined ? undefined : look.image(assetId)
  const title = label === '' ? '' : element('title', {}, escapeXml(label))
  if (href === undefined || !/^data:image\/[a-z0-9.+-]+;base64,/i.test(href))
    return element('path', { d: boxPath(box), fill: 'none', stroke: look.frame }, title)
  const { x, y } = centreOf(box)
  const flip = `translate(${at({ x, y })}) scale(${flipX ? -1 : 1} ${flipY ? -1 : 1}) translate(${at({ x: -x, y: -y })})`
  return element(
    'image',
    {
      x: num(box.x),
      y: num(box.y),
      width: num(box.width),
      height: num(box.height),
      href,
      preserveAspectRatio: 'none',
      transform: flipX || flipY ? flip : undefined,
    },
    title,
  )
}
