import type { Point } from '../../shared/board/shape'
import { ERASER_BUTTON, readPointer, screenOf, type BoardPointer } from './boardPointer'
import type { Camera } from './camera'

/** What pointers and wheels do. */
export interface PointerActions {
  readonly camera: Camera
  /** True where a drag of the main button moves the paper: the hand is chosen. */
  readonly isHand: boolean
  /** True where a finger that rests asks for the menu; while drawing it only draws slowly. */
  readonly hasLongPress: boolean
  panBy(dx: number, dy: number): void
  zoomBy(factor: number, at: Point): void
  down(pointer: BoardPointer): void
  move(pointer: BoardPointer): void
  up(pointer: BoardPointer): void
  /** The gesture under way is none: a second finger came down, or the system took the pointer. */
  cancel(): void
  doubleClick(pointer: BoardPointer): void
  hover(pointer: BoardPointer): void
  /** A finger has rested at a place, in pixels of the window. */
  longPress(client: Point): void
  leave(): void
  setCursor(cursor: string | undefined): void
}

/** A wheel that reports lines or pages turns by about this many pixels. */
const LINE_PIXELS = 16
const PAGE_PIXELS = 400
/** The most that one turn of a wheel zooms by, in its own pixels. */
const MAX_ZOOM_DELTA = 40
const ZOOM_PER_PIXEL = 0.006

/** A finger that rests this long, in ms, within so many pixels, asks for the menu. */
const LONG_PRESS_MS = 500
const LONG_PRESS_REACH = 10
/** Nobody pastes by key so soon, in ms, after letting go of the middle button. */
const MIDDLE_PASTE_MS = 300

type Mode =
  | { readonly kind: 'idle' }
  | { readonly kind: 'tool'; readonly id: number; readonly type: string }
  /** What the pointer did is over before it is lifted. */
  | { readonly kind: 'spent'; readonly id: number }
  | { readonly kind: 'pan'; readonly id: number; last: Point }
  | { readonly kind: 'pinch'; last: { middle: Point; distance: number } }

/**
 * Turns pointer events of an element into actions: the main button and the pen use the tool, the middle button, the
 * space bar and two fingers move the paper. Once a pen was seen, fingers only move the paper: palms do not draw. A pen
 * goes before fingers that are down already, and while it draws others that come down mean nothing.
 */
export class PointerInput {
  #mode: Mode = { kind: 'idle' }
  readonly #touches = new Map<number, Point>()
  #hasSeenPen = false
  #isSpaceDown = false
  /** The finger that asked for the menu is still down. */
  #hasLongPressed = false
  #longPress: { readonly at: Point; stop(): void } | undefined
  readonly #stops: (() => void)[] = []

  constructor(
    private readonly element: HTMLElement,
    private readonly actions: PointerActions,
    private readonly isMac: boolean,
    /** Calls back after a time in ms; the returned function gives it up. */
    private readonly after: (ms: number, callback: () => void) => () => void,
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
    this.#listen('touchend', (event) => {
      // Else the mouse that stands for a tap would take the focus, which closes the menu.
      if (this.#hasLongPressed && event.cancelable) event.preventDefault()
      this.#hasLongPressed = false
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

  /** Ends what is drawn or dragged without its result; the pointer means nothing until it is lifted. */
  abandon(): void {
    const mode = this.#mode
    this.#stopLongPress()
    if (mode.kind !== 'tool' && mode.kind !== 'pan') return
    this.#mode = { kind: 'spent', id: mode.id }
    if (mode.kind === 'tool') this.actions.cancel()
    this.actions.setCursor(undefined)
  }

  stop(): void {
    this.#stopLongPress()
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
    if (event.pointerType === 'pen') this.#takePen()
    if (event.pointerType === 'touch') {
      // The pen is drawing: this is the palm.
      if (this.#mode.kind === 'tool' && this.#mode.type === 'pen') return
      this.#touches.set(event.pointerId, at)
      this.#stopLongPress()
      if (this.#touches.size === 2) return this.#startPinch()
      if (this.#touches.size > 2) return
    }
    if (this.#mode.kind !== 'idle') return
    this.element.setPointerCapture(event.pointerId)
    const isPalmOrFinger = event.pointerType === 'touch' && this.#hasSeenPen
    const isMain = event.button === 0 || event.button === ERASER_BUTTON
    if (event.pointerType === 'touch' && this.actions.hasLongPress) this.#startLongPress(event, at)
    if (event.button === 1 || (isMain && (this.#isSpaceDown || this.actions.isHand || isPalmOrFinger))) {
      event.preventDefault()
      this.#mode = { kind: 'pan', id: event.pointerId, last: at }
      this.actions.setCursor('grabbing')
    } else if (isMain) {
      this.#mode = { kind: 'tool', id: event.pointerId, type: event.pointerType }
      this.actions.down(this.#pointerOf(event))
    }
  }

  #move(event: PointerEvent): void {
    const at = this.#screenOf(event)
    if (event.pointerType === 'touch' && this.#touches.has(event.pointerId)) {
      this.#touches.set(event.pointerId, at)
    }
    const mode = this.#mode
    const isHeld = mode.kind === 'tool' || mode.kind === 'pan'
    // Let go of where this window did not hear of it.
    if (isHeld && mode.id === event.pointerId && event.buttons === 0) return this.#up(event)
    const rested = this.#longPress?.at
    if (rested !== undefined && Math.hypot(at.x - rested.x, at.y - rested.y) > LONG_PRESS_REACH)
      this.#stopLongPress()
    switch (mode.kind) {
      case 'spent':
        return
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
    this.#stopLongPress()
    const mode = this.#mode
    if (mode.kind === 'pinch') {
      if (this.#touches.size === 0) this.#mode = { kind: 'idle' }
      else mode.last = this.#fingers()
      return
    }
    if (mode.kind === 'idle' || mode.id !== event.pointerId) return
    this.#mode = { kind: 'idle' }
    if (event.button === 1) this.#refusePaste()
    if (mode.kind === 'tool') this.actions.up(this.#pointerOf(event))
    else if (mode.kind === 'pan') this.actions.setCursor(this.#isSpaceDown ? 'grab' : undefined)
  }

  #lost(event: PointerEvent): void {
    this.#touches.delete(event.pointerId)
    this.#stopLongPress()
    const mode = this.#mode
    if (mode.kind === 'idle') return
    if (mode.kind !== 'pinch' && mode.id !== event.pointerId) return
    this.#mode = { kind: 'idle' }
    if (mode.kind === 'tool') this.actions.cancel()
    this.actions.setCursor(undefined)
  }

  /** A pen comes down: fingers that are down rest there, and what they did ends. */
  #takePen(): void {
    this.#hasSeenPen = true
    this.#stopLongPress()
    const mode = this.#mode
    if (mode.kind === 'tool' && mode.type !== 'touch') return
    if (mode.kind === 'pan' && !this.#touches.has(mode.id)) return
    this.#touches.clear()
    this.#mode = { kind: 'idle' }
    if (mode.kind === 'tool') this.actions.cancel()
  }

  #startLongPress({ clientX, clientY }: PointerEvent, at: Point): void {
    const stop = this.after(LONG_PRESS_MS, () => {
      this.#longPress = undefined
      this.abandon()
      this.#hasLongPressed = true
      this.actions.longPress({ x: clientX, y: clientY })
    })
    this.#longPress = { at, stop }
  }

  #stopLongPress(): void {
    this.#longPress?.stop()
    this.#longPress = undefined
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

  /**
   * On Linux letting go of the middle button, which moved the paper, pastes what is selected somewhere. Preventing the
   * default of the button's events does not stop that, and it comes a moment later.
   */
  #refusePaste(): void {
    const page = this.element.ownerDocument
    const refuse = (event: Event): void => {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    page.addEventListener('paste', refuse, { capture: true })
    this.after(MIDDLE_PASTE_MS, () => page.removeEventListener('paste', refuse, { capture: true }))
  }

  #screenOf(event: MouseEvent): Point {
    return screenOf(event, this.element)
  }

  #pointerOf(event: MouseEvent): BoardPointer {
    return readPointer(event, this.element, this.actions.camera, this.isMac)
  }
}
