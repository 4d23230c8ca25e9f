import type { Page } from '@playwright/test'
import type { Frames } from './frames'

/** What a person does to a board. */
export type Motion = 'pan' | 'zoomIn' | 'zoomOut' | 'draw'

/** Frames before those that count; where a canvas hardly draws so many, half of them. */
const WARM_UP_FRAMES = 20

/** Pixels that a wheel turns to both sides of where it began, in one round, to zoom Inkroom by a factor of about five. */
const ZOOM_PIXELS = 135

/**
 * Moves over an element for a time, with one event a frame, as wheels and pointers send them, and notes the frames. What
 * is moved goes in circles and comes back; `draw` wants a pen to be chosen.
 */
export async function moveOver(
  page: Page,
  selector: string,
  motion: Motion,
  ms: number,
  zoomPixels = ZOOM_PIXELS,
): Promise<Frames> {
  const session = await page.context().newCDPSession(page)
  // Without the time that other programs had the processor.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const taskMs = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics')
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
  }
  const before = await taskMs()
  const times = await page.evaluate(perform, { selector, motion, ms, zoomPixels })
  const cpuMs = ((await taskMs()) - before) / times.length
  await session.detach()
  const counted = times.slice(Math.min(WARM_UP_FRAMES, Math.max(0, (times.length >> 1) - 1)))
  return { intervals: counted.slice(1).map((time, i) => time - (counted[i] ?? time)), cpuMs }
}

/** Runs in the page. Returns the time of each frame. */
function perform(task: {
  selector: string
  motion: Motion
  ms: number
  zoomPixels: number
}): Promise<number[]> {
  /** Milliseconds for one round, and for one stroke. */
  const ROUND_MS = 2_000
  const RADIUS = 400
  const element = document.querySelector(task.selector)
  if (element === null) throw new Error(`there is no ${task.selector}`)
  const { left, top, width, height } = element.getBoundingClientRect()
  const middle = { x: left + width / 2, y: top + height / 2 }
  const common = { bubbles: true, cancelable: true, composed: true }
  const wheel = (init: WheelEventInit): void => {
    element.dispatchEvent(
      new WheelEvent('wheel', { ...common, clientX: middle.x, clientY: middle.y, ...init }),
    )
  }
  const pointer = (type: string, angle: number): void => {
    const isDown = type !== 'pointerup'
    const init: PointerEventInit = {
      ...common,
      clientX: middle.x + 150 * Math.sin(angle),
      clientY: middle.y + 100 * Math.sin(3 * angle),
      // The mouse, which always has this id.
      pointerId: 1,
      pointerType: 'mouse',
      isPrimary: true,
      button: type === 'pointermove' ? -1 : 0,
      buttons: isDown ? 1 : 0,
      pressure: isDown ? 0.5 : 0,
    }
    // A browser's own event holds at least itself.
    const coalescedEvents = type === 'pointermove' ? [new PointerEvent(type, init)] : []
    element.dispatchEvent(new PointerEvent(type, { ...init, coalescedEvents }))
  }
  const angleAt = (time: number): number => (2 * Math.PI * time) / ROUND_MS
  const round = (time: number): number => Math.floor(time / ROUND_MS)
  /** Number of the stroke that is being drawn. */
  let strokes = -1
  const act = (from: number, to: number): void => {
    if (task.motion === 'pan') {
      const along = (f: (angle: number) => number): number => RADIUS * (f(angleAt(to)) - f(angleAt(from)))
      wheel({ deltaX: along(Math.cos), deltaY: along(Math.sin) })
    } else if (task.motion !== 'draw') {
      // As a trackpad reports a pinch: by a factor of about five, and back.
      const turned = task.zoomPixels * (Math.cos(angleAt(from)) - Math.cos(angleAt(to)))
      wheel({ ctrlKey: true, deltaY: task.motion === 'zoomOut' ? turned : -turned })
    } else if (strokes === round(to)) pointer('pointermove', angleAt(to))
    else {
      if (strokes >= 0) pointer('pointerup', 0)
      strokes = round(to)
      pointer('pointerdown', 0)
    }
  }
  return new Promise((resolve) => {
    const times: number[] = []
    let last = 0
    const frame = (time: number): void => {
      times.push(time)
      const elapsed = time - (times[0] ?? time)
      if (elapsed >= task.ms) {
        if (task.motion === 'draw') pointer('pointerup', 0)
        resolve(times)
        return
      }
      act(last, elapsed)
      last = elapsed
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
}
