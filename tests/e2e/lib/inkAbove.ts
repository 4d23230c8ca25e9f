import type { JSHandle } from '@playwright/test'
import type { BoardOnScreen } from './boardOnScreen'

interface Watch {
  /** Pixels with anything on them: now, and the most in any frame so far. */
  now: number
  most: number
}

/**
 * Watches in each frame how much is drawn above somebody's board: pointers, selections, trails. What is there for a
 * second only would be gone from a picture taken on a busy machine.
 */
export class InkAbove {
  private constructor(private readonly watch: JSHandle<Watch>) {}

  static async of(board: BoardOnScreen): Promise<InkAbove> {
    const watch = await board.surface.evaluateHandle((surface) => {
      const canvas = [...surface.querySelectorAll('canvas')].at(-1)
      if (canvas === undefined) throw new Error('there is nothing above the board')
      // The board draws on it from elsewhere: it can be looked at as a picture only.
      const context = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', {
        willReadFrequently: true,
      })
      if (context === null) throw new Error('this browser cannot draw on a canvas')
      const seen = { now: 0, most: 0 }
      const look = (): void => {
        if (!canvas.isConnected) return
        context.clearRect(0, 0, canvas.width, canvas.height)
        context.drawImage(canvas, 0, 0)
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
        let count = 0
        for (let at = 3; at < data.length; at += 4) if (data[at] !== 0) count++
        seen.now = count
        seen.most = Math.max(seen.most, count)
        requestAnimationFrame(look)
      }
      look()
      return seen
    })
    return new InkAbove(watch)
  }

  now(): Promise<number> {
    return this.watch.evaluate(({ now }) => now)
  }

  most(): Promise<number> {
    return this.watch.evaluate(({ most }) => most)
  }
}
