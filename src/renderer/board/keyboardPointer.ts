import { Variable } from '../../client/observable'
import { toScreen, type Camera, type ScreenSize } from './camera'
import type { Point } from './model'
import type { BoardPointer } from './boardPointer'
import type { Tool } from './tools/tool'

/** What the keyboard's pointer sees of the editor. */
export interface KeyboardPointerHost {
  readonly camera: Camera
  readonly size: ScreenSize
  readonly tool: Tool
  setCamera(camera: Camera): void
}

/** The paper is moved where the pointer comes nearer to an edge than this, in CSS pixels. */
const EDGE = 40

/**
 * A pointer that arrow keys move, for whoever draws without a mouse: with it every tool does what it does with one.
 * Enter presses it; what is drawn by dragging is drawn from one Enter to the next, what is placed is placed at once.
 */
export class KeyboardPointer {
  /** Where it is, in board units; undefined while nobody uses it. */
  readonly at = new Variable<Point | undefined>(undefined)
  #isDown = false
  /** Where Enter was pressed last: pressed there again, a line of several points ends. */
  #pressed: Point | undefined

  constructor(private readonly host: KeyboardPointerHost) {}

  /** True from one Enter to the next while something is drawn. */
  get isDown(): boolean {
    return this.#isDown
  }

  /** Moves by CSS pixels; the paper follows at the edges of the view. */
  moveBy(dx: number, dy: number): void {
    const { camera } = this.host
    const from = this.at.value ?? this.#middle()
    const to = { x: from.x + dx / camera.zoom, y: from.y + dy / camera.zoom }
    this.at.set(to)
    this.#keepInView(to)
    const pointer = this.#pointer(to)
    if (this.#isDown) this.host.tool.move(pointer)
    else this.host.tool.hover?.(pointer)
  }

  /** What Enter does with a tool that is dragged, as opposed to one that is clicked. */
  press(isDragged: boolean): void {
    const at = this.at.value ?? this.#middle()
    const { tool } = this.host
    if (this.#isDown) {
      this.#isDown = false
      tool.up(this.#pointer(at))
      return
    }
    this.at.set(at)
    const isAgain = this.#pressed?.x === at.x && this.#pressed.y === at.y
    this.#pressed = at
    if (tool.isOpen === true && isAgain) {
      tool.leave?.()
      return
    }
    tool.down(this.#pointer(at))
    if (isDragged) this.#isDown = true
    else tool.up(this.#pointer(at))
  }

  /** Another tool is chosen, or a real pointer moves. */
  hide(): void {
    this.#isDown = false
    this.#pressed = undefined
    this.at.set(undefined)
  }

  #middle(): Point {
    const { camera, size } = this.host
    return { x: camera.x + size.width / 2 / camera.zoom, y: camera.y + size.height / 2 / camera.zoom }
  }

  #keepInView(at: Point): void {
    const { camera, size } = this.host
    const { x, y } = toScreen(camera, at)
    const over = (value: number, length: number): number =>
      Math.min(0, value - EDGE) + Math.max(0, value - (length - EDGE))
    const [dx, dy] = [over(x, size.width), over(y, size.height)]
    if (dx === 0 && dy === 0) return
    this.host.setCamera({ ...camera, x: camera.x + dx / camera.zoom, y: camera.y + dy / camera.zoom })
  }

  #pointer(point: Point): BoardPointer {
    const screen = toScreen(this.host.camera, point)
    const trail = [{ ...point, pressure: 0.5 }]
    return { point, screen, shift: false, alt: false, mod: false, kind: 'mouse', trail }
  }
}
