import { grow, unionOf } from '../../../shared/board/geometry/box'
import type { Box, Shape } from '../../../shared/board/shape'
import type { TextMeasure } from '../../../shared/board/textLayout'
import type { CarriedShapes } from '../carriedShapes'
import { drawGrid } from '../grid'
import type { TileContext } from '../tileLayer'
import type { BoardColours } from './colours'
import type { PictureSource } from '../pictures/pictureLook'
import { drawShape, type DrawContext, type Look } from './drawShape'

/** What a picture of the board is made of. */
export interface Scene {
  readonly colours: BoardColours
  readonly measure: TextMeasure
  readonly pictures: PictureSource
  /** Title of a frame without one. */
  untitledFrame(): string
  readonly hasGrid: boolean
  readonly editing: string | undefined
  /** Living shapes that paint in an area, lowest first; arrows as they are routed. */
  shapesIn(area: Box): readonly Shape[]
  /** True for shapes that are drawn by {@link paintLifted}, above the others. */
  isLifted(id: string): boolean
  readonly lifted: Iterable<Shape>
  frameOf(shape: Shape): Box | undefined
}

/** Paints paper, grid and the shapes at rest in an area; the context is in board units and clipped to it. */
export function paintResting(context: TileContext, area: Box, scale: number, scene: Scene): void {
  context.fillStyle = scene.colours.paper
  context.fillRect(area.x, area.y, area.width, area.height)
  if (scene.hasGrid) drawGrid(context, area, scale, scene.colours)
  const look = lookOf(scene, scale)
  for (const shape of scene.shapesIn(area)) {
    if (!scene.isLifted(shape.id)) drawShape(context, shape, look)
  }
}

/** Draws the shapes that change with every frame. */
export function paintLifted(context: DrawContext, scale: number, scene: Scene): void {
  const look = lookOf(scene, scale)
  for (const shape of scene.lifted) drawShape(context, shape, look)
}

/** Paints carried shapes in an area of the board as it was, on nothing. */
export function paintCarried(
  context: TileContext,
  area: Box,
  scale: number,
  carried: CarriedShapes,
  scene: Scene,
): void {
  context.clearRect(area.x, area.y, area.width, area.height)
  const look: Look = { ...lookOf(scene, scale), frameOf: (shape) => carried.frameOf(shape) }
  for (const shape of carried.search(area)) drawShape(context, shape, look)
}

function lookOf(scene: Scene, scale: number): Look {
  return {
    colours: scene.colours,
    scale,
    measure: scene.measure,
    pictures: scene.pictures,
    untitledFrame: () => scene.untitledFrame(),
    editing: scene.editing,
    frameOf: (shape) => scene.frameOf(shape),
  }
}

/** The box around two places of a shape, with room for smoothed edges. */
export function paintedArea(before: Box | undefined, after: Box | undefined): Box | undefined {
  const both = unionOf([before, after].filter((box) => box !== undefined))
  return both === undefined ? undefined : grow(both, 2)
}
