import { paintBounds } from '../geometry/bounds'
import { grow, unionOf } from '../geometry/box'
import type { Box, Shape } from '../shape'
import { finish, type Steps } from '../steps'
import { boxPath, num } from './paths'
import type { SvgLook } from './svgLook'
import { svgShape } from './svgShape'
import { element } from './xml'

export type { SvgLook } from './svgLook'

export interface SvgOptions {
  readonly look: SvgLook
  /** Space around the shapes, in board units. */
  readonly padding?: number
  /** What a shape is clipped to: the box of its frame. See `clippingFrame`. */
  clipOf?(shape: Shape): Box | undefined
}

export interface SvgDrawing {
  readonly text: string
  /** What of the board is in the drawing; its size is the drawing's in CSS pixels. */
  readonly box: Box
}

/** Shapes, in drawing order, as an SVG document of its own: no scripts and no references to other places. */
export function shapesToSvg(shapes: readonly Shape[], options: SvgOptions): SvgDrawing {
  return finish(svgSteps(shapes, options))
}

/** {@link shapesToSvg}, a shape each step. */
export function* svgSteps(shapes: readonly Shape[], options: SvgOptions): Steps<SvgDrawing> {
  const { look, padding = 16, clipOf } = options
  const around = unionOf(shapes.map((shape) => clipOf?.(shape) ?? paintBounds(shape)))
  const box = grow(around ?? { x: 0, y: 0, width: 0, height: 0 }, padding)
  const clips: string[] = []
  const drawn: string[] = []
  for (const [i, shape] of shapes.entries()) {
    yield i / shapes.length
    const clip = clipOf?.(shape)
    const content = svgShape(shape, look, String(i))
    if (clip === undefined) {
      drawn.push(content)
      continue
    }
    clips.push(element('clipPath', { id: `clip-${i}` }, element('path', { d: boxPath(clip) })))
    drawn.push(element('g', { 'clip-path': `url(#clip-${i})` }, content))
  }
  const fonts = look.fontFaces === undefined ? '' : element('style', {}, `<![CDATA[${look.fontFaces}]]>`)
  const paper = look.paper === undefined ? '' : element('path', { d: boxPath(box), fill: look.paper })
  const content = element('defs', {}, fonts + clips.join('')) + paper + drawn.join('\n')
  const text = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: num(box.width),
      height: num(box.height),
      viewBox: [box.x, box.y, box.width, box.height].map(num).join(' '),
    },
    content,
  )
  return { text: `${text}\n`, box }
}
