import type { Box, Point } from '../../shared/board/shape'

/** What of the endless board is on the screen. A value that never changes. */
export interface Camera {
  /** Board coordinates of the screen's top left corner. */
  readonly x: number
  readonly y: number
  /** CSS pixels for each board unit. */
  readonly zoom: number
}

/** Size of the screen in CSS pixels. */
export interface ScreenSize {
  readonly width: number
  readonly height: number
}

export const MIN_ZOOM = 0.05
export const MAX_ZOOM = 16
export const HOME: Camera = { x: 0, y: 0, zoom: 1 }

/** Space left around what is zoomed to, in CSS pixels: more than the tools take at the top. */
const FIT_MARGIN = 80
/** Zoom that the keys step through. */
const ZOOM_STEPS = [0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4, 6, 8, 12, 16]
/** Beyond, numbers lose the precision that drawing needs. */
const MAX_POSITION = 1e7

export function toBoard(camera: Camera, screen: Point): Point {
  return { x: camera.x + screen.x / camera.zoom, y: camera.y + screen.y / camera.zoom }
}

export function toScreen(camera: Camera, point: Point): Point {
  return { x: (point.x - camera.x) * camera.zoom, y: (point.y - camera.y) * camera.zoom }
}

/** The part of the board that is on the screen. */
export function viewBox(camera: Camera, size: ScreenSize): Box {
  return { x: camera.x, y: camera.y, width: size.width / camera.zoom, height: size.height / camera.zoom }
}

/** Moves the content by CSS pixels, as a hand on paper does. */
export function panBy(camera: Camera, dx: number, dy: number): Camera {
  return cameraAt(camera.x - dx / camera.zoom, camera.y - dy / camera.zoom, camera.zoom)
}

/** Zooms to `zoom`, limited, keeping what is under the screen position `at` there. */
export function zoomTo(camera: Camera, zoom: number, at: Point): Camera {
  const next = clamp(zoom, MIN_ZOOM, MAX_ZOOM)
  const fixed = toBoard(camera, at)
  return cameraAt(fixed.x - at.x / next, fixed.y - at.y / next, next)
}

/** The next zoom of the round ones, above or below. */
export function zoomStep(zoom: number, direction: 1 | -1): number {
  // A hundredth of tolerance: a zoom shown as 100 % is 100 %.
  if (direction > 0) return ZOOM_STEPS.find((step) => step > zoom * 1.01) ?? MAX_ZOOM
  return ZOOM_STEPS.findLast((step) => step < zoom / 1.01) ?? MIN_ZOOM
}

/** Shows `box` as large as it fits, at most at `maxZoom`, in the middle. */
export function fitBox(box: Box, size: ScreenSize, maxZoom = 1): Camera {
  const margin = Math.min(FIT_MARGIN, size.width / 8, size.height / 8)
  const zoom = clamp(
    Math.min((size.width - 2 * margin) / box.width, (size.height - 2 * margin) / box.height, maxZoom),
    MIN_ZOOM,
    MAX_ZOOM,
  )
  return centreOn({ x: box.x + box.width / 2, y: box.y + box.height / 2 }, zoom, size)
}

/** Shows `point` in the middle of the screen. */
export function centreOn(point: Point, zoom: number, size: ScreenSize): Camera {
  return cameraAt(point.x - size.width / 2 / zoom, point.y - size.height / 2 / zoom, zoom)
}

/** Shows the same middle of the board and as much of it as somebody else sees, whose screen may be of another size. */
export function followView(view: Box, size: ScreenSize): Camera {
  const zoom = clamp(Math.min(size.width / view.width, size.height / view.height), MIN_ZOOM, MAX_ZOOM)
  return centreOn({ x: view.x + view.width / 2, y: view.y + view.height / 2 }, zoom, size)
}

/** The least move of the camera that shows `box`, as far as it fits. */
export function reveal(camera: Camera, box: Box, size: ScreenSize): Camera {
  const margin = Math.min(FIT_MARGIN, size.width / 8, size.height / 8) / camera.zoom
  const view = viewBox(camera, size)
  return cameraAt(
    view.x + shift(box.x - margin, box.x + box.width + margin, view.x, view.x + view.width),
    view.y + shift(box.y - margin, box.y + box.height + margin, view.y, view.y + view.height),
    camera.zoom,
  )
}

function shift(from: number, to: number, viewFrom: number, viewTo: number): number {
  if (to - from > viewTo - viewFrom) return (from + to) / 2 - (viewFrom + viewTo) / 2
  if (from < viewFrom) return from - viewFrom
  return to > viewTo ? to - viewTo : 0
}

function cameraAt(x: number, y: number, zoom: number): Camera {
  return { x: clamp(x, -MAX_POSITION, MAX_POSITION), y: clamp(y, -MAX_POSITION, MAX_POSITION), zoom }
}

export function clamp(value: number, from: number, to: number): number {
  return Math.min(to, Math.max(from, value))
}
