import type { Point } from '../../shared/board/shape'
import { toBoard, type Camera } from './camera'

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
  /** The eraser end of a pen. */
  readonly isEraser?: boolean
  /** Every position since the event before, this one last. */
  readonly trail: readonly TrailPoint[]
}

export interface TrailPoint extends Point {
  /** 0 to 1; 0.5 where the pointer knows none. */
  readonly pressure: number
}

/** Bit of `buttons` and value of `button` of a pen's eraser end. */
const ERASER_BUTTONS = 32
export const ERASER_BUTTON = 5

/** A pointer event as tools take it. */
export function readPointer(
  event: MouseEvent,
  element: HTMLElement,
  camera: Camera,
  isMac: boolean,
): BoardPointer {
  const screen = screenOf(event, element)
  const isPointer = event instanceof PointerEvent
  const kind =
    isPointer && (event.pointerType === 'pen' || event.pointerType === 'touch') ? event.pointerType : 'mouse'
  const coalesced =
    isPointer && typeof event.getCoalescedEvents === 'function' ? event.getCoalescedEvents() : []
  const parts = coalesced.length > 0 ? coalesced : [event]
  const isEraser =
    isPointer && kind === 'pen' && ((event.buttons & ERASER_BUTTONS) !== 0 || event.button === ERASER_BUTTON)
  return {
    point: toBoard(camera, screen),
    screen,
    shift: event.shiftKey,
    alt: event.altKey,
    mod: isMac ? event.metaKey : event.ctrlKey,
    kind,
    ...(isEraser ? { isEraser } : {}),
    trail: parts.map((part) => ({
      ...toBoard(camera, screenOf(part, element)),
      pressure: kind === 'pen' && part instanceof PointerEvent ? part.pressure : 0.5,
    })),
  }
}

/** Where an event is, in CSS pixels from an element's top left corner. */
export function screenOf(event: MouseEvent, element: HTMLElement): Point {
  const frame = element.getBoundingClientRect()
  return { x: event.clientX - frame.left, y: event.clientY - frame.top }
}
