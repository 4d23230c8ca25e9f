import type { Colour, Fill } from '../palette'
import type { Shape } from '../shape'
import type { FontName } from '../style'

/** What a drawing needs beside the shapes: how a theme draws, and where pictures are. */
export interface SvgLook {
  /** Colour behind everything; undefined for none. */
  readonly paper: string | undefined
  readonly frame: string
  readonly frameTitle: string
  /** How see-through a highlighter is. */
  readonly highlightOpacity: number
  strokeTone(colour: Colour): string
  fillTone(fill: Exclude<Fill, 'none'>): string
  /** How the label in a shape is drawn, so that it can be read on the shape's fill. */
  labelTone(shape: Shape): string
  /** CSS families of a font. */
  fontFamily(font: FontName): string
  /** A picture as a `data:image/...` address; undefined where it is not at hand. */
  image(assetId: string): string | undefined
  /** `@font-face` rules to embed, so that text looks the same where the fonts are not installed. */
  readonly fontFaces?: string
}
