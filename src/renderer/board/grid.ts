import type { Box } from '../../shared/board/shape'
import type { BoardColours } from './draw/colours'
import type { DrawContext } from './draw/drawShape'

/** Distance of the grid's points in board units: what things snap to. */
export const GRID_SIZE = 20

/** Points closer than this on the screen, in device pixels, are left out. */
const MIN_GAP = 13

/** Draws the grid's points in an area; far out only every fifth of them, and so on. */
export function drawGrid(context: DrawContext, area: Box, scale: number, colours: BoardColours): void {
  let gap = GRID_SIZE
  while (gap * scale < MIN_GAP) gap *= 5
  const radius = (gap * scale > 60 ? 1.6 : 1.2) / scale
  drawPoints(context, area, gap, radius, colours.grid)
  if (gap * 5 * scale < 400) drawPoints(context, area, gap * 5, radius * 1.15, colours.gridStrong)
}

function drawPoints(context: DrawContext, area: Box, gap: number, radius: number, tone: string): void {
  context.fillStyle = tone
  context.beginPath()
  const right = area.x + area.width + radius
  const bottom = area.y + area.height + radius
  for (let x = Math.floor((area.x - radius) / gap) * gap; x <= right; x += gap) {
    for (let y = Math.floor((area.y - radius) / gap) * gap; y <= bottom; y += gap) {
      context.rect(x - radius, y - radius, 2 * radius, 2 * radius)
    }
  }
  context.fill()
}
