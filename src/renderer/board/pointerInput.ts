import type { Point } from '../../shared/board/shape'
import type { Camera } from './camera'

/** A pointer event in words of the board. */
export interface BoardPointer {
  /** Where, in board units. */
  readonly point: Point
  /** Where, in CSS pixels from the canvas's top left corner. */
  readonly screen: Point
  readonly shift: boolean
  readonly alt: boolean
  /** Ctrl, or Command on a Mac. */
  readonly mod: boolean
  readonly kind: 'mouse' | 'pen' | 'touch'
  /** Every position since the event before, this one last. */
  readonly trail: readonly TrailPoint[]
}

export interface TrailPoint extends Point {
  /** 0 to 1; 0.5 where the pointer knows none. */
  readonly pressure: number
}

/** What pointers and wheels do. */
export interface PointerActions {
  readonly camera: Camera
  /** True where a drag of the main button moves the paper: the hand is chosen. */
  readonly isHand: boolean
  panBy(dx: number, dy: number): void
  zoomBy(factor: number, at: Point): void
  down(pointer: BoardPointer): void
  move(pointer: BoardPointer): void
  up(pointer: BoardPointer): void
  /** The gesture under way is none: a second finger came down, or the system took the pointer. */
  cancel(): void
  doubleClick(pointer: BoardPointer): void
  hover(pointer: BoardPointer): void
  leave(): void
  setCursor(cursor: string | undefined): void
}

/** A wheel that reports lines or pages turns by about this many pixels. */
const LINE_PIXELS = 16
const PAGE_PIXELS = 400
/** The most that one turn of a wheel zooms by, in its own pixels. */
const MAX_ZOOM_DELTA = 40
const ZOOM_PER_PIXEL = 0.006

type Mode =
  | { readonly kind: 'idle' }
  | { readonly kind: 'tool'; readonly id: number }
  | { readonly kind: 'pan'; readonly id: number; last: Point }
  | { readonly kind: 'pinch'; last: { middle: Point; distance: number } }

/**
 * Turns pointer events of an element into actions: the main button and the pen use the tool, the middle button, the
 * space bar and two fingers move the paper. Once a pen was seen, fingers only move the paper: palms do not draw.
 */
export class PointerInput {
  #mode: Mode = { kind: 'idle' }
  readonly #touches = new Map<number, Point>()
  #hasSeenPen = false
  #isSpaceDown = false
  readonly #stops: (() => void)[] = []

  constructor(
    private readonly element: HTMLElement,
    private readonly actions: PointerActions,
    private readonly isMac: boolean,
  ) {
    this.#listen('pointerdown', (event) => this.#down(event))
    this.#listen('pointermove', (event) => this.#move(event))
    this.#listen('pointerup', (event) => this.#up(event))
    this.#listen('pointercancel', (event) => this.#lost(event))
    this.#listen('pointerleave', () => {
      if (this.#mode.kind === 'idle') this.actions.leave()
    })
    this.#listen('dblclick', (event) => {
      if (event.button === 0 && !this.actions.isHand) this.actions.doubleClick(this.#pointerOf(event))
    })
    this.#listen('wheel', (event) => this.#wheel(event), { passive: false })
  }

  /** True while space is held: the main button moves the paper. */
  setSpace(isDown: boolean): void {
    this.#isSpaceDown = isDown
    if (this.#mode.kind !== 'pan') this.actions.setCursor(isDown ? 'grab' : undefined)
  }

  /** True while something is drawn or dragged. */
  get isBusy(): boolean {
    return this.#mode.kind !== 'idle'
  }

  stop(): void {
    for (const stop of this.#stops) stop()
  }

  #listen<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (event: HTMLElementEventMap[K]) => void,
    options?: AddEventListenerOptions,
  ): void {
    this.element.addEventListener(type, listener, options)
    this.#stops.push(() => this.element.removeEventListener(type, listener, options))
  }

  #down(event: PointerEvent): void {
    const at = this.#screenOf(event)
    if (event.pointerType === 'pen') this.#hasSeenPen = true
    if (event.pointerType === 'touch') {
      this.#touches.set(event.pointerId, at)
      // The pen is drawing: this is the palm.
      if (this.#mode.kind === 'tool' && this.#hasSeenPen) return
      if (this.#touches.size === 2) return this.#startPinch()
      if (this.#touches.size > 2) return
    }
    if (this.#mode.kind !== 'idle') return
    this.element.setPointerCapture(event.pointerId)
    const isPalmOrFinger = event.pointerType === 'touch' && this.#hasSeenPen
    const isMain = event.button === 0
    if (event.button === 1 || (isMain && (this.#isSpaceDown || this.actions.isHand || isPalmOrFinger))) {
      event.preventDefault()
      this.#mode = { kind: 'pan', id: event.pointerId, last: at }
      this.actions.setCursor('grabbing')
    } else if (isMain) {
      this.#mode = { kind: 'tool', id: event.pointerId }
      this.actions.down(this.#pointerOf(event))
    }
  }

  #move(event: PointerEvent): void {
    const at = this.#screenOf(event)
    if (event.pointerType === 'touch' && this.#touches.has(event.pointerId)) {
      this.#touches.set(event.pointerId, at)
    }
    const mode = this.#mode
    switch (mode.kind) {
      case 'idle':
        if (event.pointerType !== 'touch') this.actions.hover(this.#pointerOf(event))
        return
      case 'tool':
        if (event.pointerId === mode.id) this.actions.move(this.#pointerOf(event))
        return
      case 'pan':
        if (event.pointerId !== mode.id) return
        this.actions.panBy(at.x - mode.last.x, at.y - mode.last.y)
        mode.last = at
        return
      case 'pinch':
        return this.#pinch(mode)
    }
  }

  #up(event: PointerEvent): void {
    this.#touches.delete(event.pointerId)
    const mode = this.#mode
    if (mode.kind === 'pinch') {
      if (this.#touches.size === 0) this.#mode = { kind: 'idle' }
      return
    }
    if (mode.kind === 'idle' || mode.id !== event.pointerId) return
    this.#mode = { kind: 'idle' }
    if (mode.kind === 'tool') this.actions.up(this.#pointerOf(event))
    else this.actions.setCursor(this.#isSpaceDown ? 'grab' : undefined)
  }

  #lost(event: PointerEvent): void {
    this.#touches.delete(event.pointerId)
    const mode = this.#mode
    if (mode.kind === 'idle') return
    if (mode.kind !== 'pinch' && mode.id !== event.pointerId) return
    this.#mode = { kind: 'idle' }
    if (mode.kind === 'tool') this.actions.cancel()
    this.actions.setCursor(undefined)
  }

  #startPinch(): void {
    if (this.#mode.kind === 'tool') this.actions.cancel()
    this.#mode = { kind: 'pinch', last: this.#fingers() }
  }

  #pinch(mode: { last: { middle: Point; distance: number } }): void {
    if (this.#touches.size < 2) return
    const now = this.#fingers()
    const { last } = mode
    this.actions.panBy(now.middle.x - last.middle.x, now.middle.y - last.middle.y)
    if (last.distance > 0 && now.distance > 0) this.actions.zoomBy(now.distance / last.distance, now.middle)
    mode.last = now
  }

  #fingers(): { middle: Point; distance: number } {
    const [a, b] = [...this.#touches.values()]
    if (a === undefined || b === undefined) return { middle: { x: 0, y: 0 }, distance: 0 }
    return {
      middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 },
      distance: Math.hypot(a.x - b.x, a.y - b.y),
    }
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault()
    const unit = event.deltaMode === 1 ? LINE_PIXELS : event.deltaMode === 2 ? PAGE_PIXELS : 1
    const dx = event.deltaX * unit
    const dy = event.deltaY * unit
    if (event.ctrlKey || event.metaKey) {
      // A pinch on a trackpad comes as a wheel with Ctrl, in small steps.
      const delta = Math.max(-MAX_ZOOM_DELTA, Math.min(MAX_ZOOM_DELTA, dy))
      this.actions.zoomBy(Math.exp(-delta * ZOOM_PER_PIXEL), this.#screenOf(event))
    } else if (event.shiftKey && dx === 0) this.actions.panBy(-dy, 0)
    else this.actions.panBy(-dx, -dy)
  }

  #screenOf(event: MouseEvent): Point {
    const frame = this.element.getBoundingClientRect()
    return { x: event.clientX - frame.left, y: event.clientY - frame.top }
  }

  #pointerOf(event: MouseEvent): BoardPointer {
    const screen = this.#screenOf(event)
    const { camera } = this.actions
    const toBoard = (at: Point): Point => ({
      x: camera.x + at.x / camera.zoom,
      y: camera.y + at.y / camera.zoom,
    })
    const isPointer = event instanceof PointerEvent
    const kind =
      isPointer && (event.pointerType === 'pen' || event.pointerType === 'touch')
        ? event.pointerType
        : 'mouse'
    const coalesced =
      isPointer && typeof event.getCoalescedEvents === 'function' ? event.getCoalescedEvents() : []
    const parts = coalesced.length > 0 ? coalesced : [event]
    return {
      point: toBoard(screen),
      screen,
      shift: event.shiftKey,
      alt: event.altKey,
      mod: this.isMac ? event.metaKey : event.ctrlKey,
      kind,
      trail: parts.map((part) => ({
        ...toBoard(this.#screenOf(part)),
        pressure: kind === 'pen' && part instanceof PointerEvent ? part.pressure : 0.5,
      })),
    }
  }
}
