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
      const context = canvas?.getContext('2d')
      if (canvas === undefined || context === null || context === undefined)
        throw new Error('there is nothing above the board')
      const seen = { now: 0, most: 0 }
      const look = (): void => {
        if (!canvas.isConnected) return
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
