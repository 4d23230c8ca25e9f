import type { DrawContext } from './draw/drawShape'

/**
 * What a canvas of the page is drawn with. The canvas hands its picture to the compositor by itself, instead of the
 * page painting the canvas into its own picture in each frame: with software rendering that is most of what a frame
 * costs. A browser without it draws in the page.
 */
export function screenContext(element: HTMLCanvasElement, alpha: boolean): DrawContext {
  const canvas =
    typeof element.transferControlToOffscreen === 'function' ? element.transferControlToOffscreen() : element
  const context = canvas.getContext('2d', { alpha }) as DrawContext | null
  if (context === null) throw new Error('this browser cannot draw on a canvas')
  return context
}
