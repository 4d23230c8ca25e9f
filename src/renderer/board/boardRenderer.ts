import type { Box } from '../../shared/board/shape'
import { viewBox, type Camera, type ScreenSize } from './camera'
import type { DrawContext } from './draw/drawShape'
import { Overview } from './overview'
import { drawPreview, type BoardPreview, type TakenPicture } from './preview/boardPreview'
import { screenContext } from './screenCanvas'
import { createEasel, TileLayer, TILE_SIZE, type PaintArea } from './tileLayer'
import { ZoomPace } from './zoomPace'

/** What a renderer shows. */
export interface RenderSource {
  /** Colour of paper where nothing has been painted yet. */
  readonly paper: string
  /** The box around everything on the board. */
  readonly bounds: Box | undefined
  /** Shown below what has been painted until all in view has been. */
  readonly preview: BoardPreview | undefined
  /** All in view has been painted, for the first time or after everything was to be painted anew. */
  onShown(): void
  /** Something that rests looks different from now on. */
  onChange(): void
  /** The small picture of the whole board is up to date; see {@link BoardRenderer.copyOverview}. */
  onOverview(): void
  /** A frame begins: the last moment for moving shapes to become resting ones in it. */
  settle(): void
  /** Paints what rests in an area of the board, paper included; the context is in board units. */
  readonly paintArea: PaintArea
  /** Draws what lies above the resting shapes and changes with every frame; the context is in board units. */
  paintMoving(context: DrawContext, view: Box, scale: number): void
  /** Draws handles, guides and others' pointers; the context is in CSS pixels of the screen. */
  paintOverlay(context: DrawContext, camera: Camera, size: ScreenSize): void
}

/** Calls back before the next frame, as `requestAnimationFrame`. */
export type NextFrame = (callback: () => void) => () => void

/** Time a frame may spend on painting tiles, in ms; the rest of 16.7 ms is for showing them. */
const PAINT_BUDGET_MS = 6
/** The same until the first picture is complete, which people wait for: a long frame is worth it, and shows progress. */
const FIRST_BUDGET_MS = 40
/** The same while the zoom changes, on the average and where there is time. */
const ZOOMING_BUDGET_MS = 2.5
/** A zoom that has not changed for this long is worth sharp tiles. */
const ZOOM_REST_MS = 140
/** Tiles are shown up to this much larger or smaller than they were painted while the zoom changes. */
const MAX_STRETCH = 2.2
/** Layers kept below the newest, to fill what it has not painted yet. */
const MAX_OLD_LAYERS = 1

/**
 * Shows a board on two canvases: resting shapes from tiles with what moves above them, and an overlay. Each is drawn
 * at most once a frame, and only if something changed. docs/decisions/board-canvas.md tells why.
 */
export class BoardRenderer {
  readonly #base: DrawContext
  readonly #overlay: DrawContext
  readonly #easel = createEasel()
  #layers: TileLayer[] = []
  /** All of the board, small: shown where zooming out has come to before tiles were painted. */
  readonly #overview = new Overview(this.#easel)
  #camera: Camera = { x: 0, y: 0, zoom: 1 }
  #size: ScreenSize = { width: 1, height: 1 }
  /** Device pixels for each CSS pixel. */
  #density = 1
  #zoomedAt = -Infinity
  readonly #pace = new ZoomPace(ZOOMING_BUDGET_MS)
  #frame = 0
  #cancel: (() => void) | undefined
  #baseIsStale = true
  #overlayIsStale = true
  /** Nothing complete has been shown since everything was painted anew. */
  #isBlank = true
  #isStopped = false

  constructor(
    base: HTMLCanvasElement,
    overlay: HTMLCanvasElement,
    private readonly source: RenderSource,
    private readonly nextFrame: NextFrame,
    /** Milliseconds, rising. */
    private readonly now: () => number,
    /** Called with the time each frame took to draw, in ms. */
    private readonly onFrame?: (ms: number) => void,
  ) {
    this.#base = screenContext(base, false)
    this.#overlay = screenContext(overlay, true)
  }

  /** The canvas has another size or lies on a screen of another density. */
  resize(size: ScreenSize, density: number): void {
    this.#size = size
    this.#density = density
    const width = Math.max(1, Math.round(size.width * density))
    const height = Math.max(1, Math.round(size.height * density))
    // Who watches an element's size is told of it at first, too. Setting the same size would clear the picture.
    if (this.#base.canvas.width === width && this.#base.canvas.height === height) return this.touch()
    for (const { canvas } of [this.#base, this.#overlay]) {
      canvas.width = width
      canvas.height = height
    }
    // Setting the size clears a canvas: draw at once rather than show a frame of nothing.
    this.#baseIsStale = this.#overlayIsStale = true
    this.draw()
  }

  setCamera(camera: Camera): void {
    if (camera.zoom !== this.#camera.zoom) this.#zoomedAt = this.now()
    this.#camera = camera
    this.touch()
  }

  /** Resting shapes in `box` have changed. */
  invalidate(box: Box): void {
    for (const layer of this.#layers) layer.invalidate(box)
    this.#overview.invalidate(box, this.now())
    this.source.onChange()
    this.#baseIsStale = true
    this.#schedule()
  }

  /** Everything looks different: another theme, another board. */
  invalidateAll(): void {
    this.#keepLayers(0)
    this.#startAnew()
  }

  /** Letters look different: other fonts, another language. What is shown stays until all in view is painted anew. */
  repaintAll(): void {
    const view = viewBox(this.#camera, this.#size)
    const scale = this.#layers[0]?.scale
    // The newest that is whole: what was begun since the last time shows the letters of then.
    const at = this.#layers.findIndex((layer) => layer.covers(view))
    const [shown] = at < 0 ? [] : this.#layers.splice(at, 1)
    this.#keepLayers(0)
    if (shown !== undefined && scale !== undefined) this.#layers = [new TileLayer(scale, this.#easel), shown]
    this.#startAnew()
  }

  #startAnew(): void {
    this.#overview.clear()
    this.#isBlank = true
    this.source.onChange()
    this.touch()
  }

  /** What moves has changed. */
  touch(): void {
    this.#baseIsStale = true
    this.touchOverlay()
  }

  touchOverlay(): void {
    this.#overlayIsStale = true
    this.#schedule()
  }

  /** The whole board as a small picture, at most `maxSide` pixels wide and high; undefined before `onOverview`. */
  copyOverview(maxSide: number): TakenPicture | undefined {
    return this.#overview.copy(maxSide, this.#frame)
  }

  stop(): void {
    this.#isStopped = true
    this.#cancel?.()
    this.#keepLayers(0)
    this.#overview.clear()
  }

  #schedule(): void {
    if (this.#isStopped || this.#cancel !== undefined) return
    this.#pace.asked(this.now())
    this.#cancel = this.nextFrame(() => {
      this.#cancel = undefined
      this.draw()
    })
  }

  /** Draws what has changed, now. */
  draw(): void {
    if (this.#isStopped) return
    const start = this.now()
    this.#pace.came(start)
    this.#frame++
    if (this.#baseIsStale) {
      this.source.settle()
      this.#baseIsStale = false
      this.#drawBase(start)
    }
    if (this.#overlayIsStale) {
      this.#overlayIsStale = false
      const context = this.#overlay
      context.setTransform(1, 0, 0, 1, 0, 0)
      context.clearRect(0, 0, context.canvas.width, context.canvas.height)
      context.setTransform(this.#density, 0, 0, this.#density, 0, 0)
      this.source.paintOverlay(context, this.#camera, this.#size)
    }
    this.onFrame?.(this.now() - start)
  }

  #drawBase(start: number): void {
    const camera = this.#camera
    const view = viewBox(camera, this.#size)
    const scale = camera.zoom * this.#density
    const isZooming = start - this.#zoomedAt < ZOOM_REST_MS
    const layer = this.#layerFor(scale, isZooming)
    const budget = this.#isBlank ? FIRST_BUDGET_MS : isZooming ? this.#pace.allowedMs : PAINT_BUDGET_MS
    const begin = this.now()
    const isComplete = layer.paint(
      view,
      this.source.paintArea,
      this.#frame,
      () => this.now() - begin < budget,
    )
    if (isZooming) this.#pace.used(this.now() - begin)
    if (isComplete && this.#isBlank) {
      this.#isBlank = false
      this.#keepLayers(1)
      this.source.onShown()
    }

    const context = this.#base
    const { width, height } = context.canvas
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.imageSmoothingEnabled = !isZooming || this.#pace.isEasy
    const originX = Math.round(camera.x * scale)
    const originY = Math.round(camera.y * scale)
    if (isComplete) {
      layer.draw(context, view, originX, originY, scale, this.#frame)
    } else {
      const lowestFirst = [this.#overview.layer, ...this.#layers.toReversed()].filter(
        (each) => each !== undefined,
      )
      const { preview } = this.source
      if (preview !== undefined) {
        drawPreview(context, preview, this.source.paper, camera, this.#density)
      } else if (!lowestFirst.some((each) => each.covers(view))) {
        context.fillStyle = this.source.paper
        context.fillRect(0, 0, width, height)
      }
      for (const [at, each] of lowestFirst.entries()) {
        each.draw(context, view, originX, originY, scale, this.#frame, lowestFirst.slice(at + 1))
      }
    }
    context.setTransform(scale, 0, 0, scale, -originX, -originY)
    this.source.paintMoving(context, view, scale)

    const perScreen = (Math.ceil(width / TILE_SIZE) + 1) * (Math.ceil(height / TILE_SIZE) + 1)
    layer.trim(perScreen * 3)
    if (isComplete && layer.scale === scale) {
      // The layer before is kept: people zoom in and out again.
      this.#keepLayers(2)
      this.#layers[1]?.trim(perScreen)
      if (this.#overview.paint(this.source.bounds, this.source.paintArea, this.#frame, this.now)) {
        this.source.onOverview()
        return
      }
      this.#baseIsStale = true
      this.#schedule()
    } else {
      this.#baseIsStale = true
      this.#schedule()
    }
  }

  /** The layer to paint: of the very scale, or while the zoom changes one that is near enough. */
  #layerFor(scale: number, isZooming: boolean): TileLayer {
    const [newest] = this.#layers
    if (newest !== undefined) {
      if (newest.scale === scale) return newest
      const stretch = Math.max(scale / newest.scale, newest.scale / scale)
      if (isZooming && stretch < MAX_STRETCH) return newest
    }
    const at = this.#layers.findIndex((layer) => layer.scale === scale)
    const layer = at < 0 ? new TileLayer(scale, this.#easel) : (this.#layers.splice(at, 1)[0] as TileLayer)
    this.#layers.unshift(layer)
    this.#keepLayers(MAX_OLD_LAYERS + 1)
    return layer
  }

  #keepLayers(count: number): void {
    for (const layer of this.#layers.splice(count)) layer.clear()
  }
}
