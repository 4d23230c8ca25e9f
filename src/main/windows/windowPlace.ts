import { z } from 'zod'

/** Where a window was, in the system's points. */
export const windowPlaceSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
  maximized: z.boolean(),
})
export type WindowPlace = z.infer<typeof windowPlaceSchema>

export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const DEFAULT_SIZE = { width: 1200, height: 800 }
/** As narrow as a phone: the layout goes that far. */
export const MIN_SIZE = { width: 360, height: 400 }

/** How much of a window's top edge has to be on a screen for it to be found and moved, in points. */
const VISIBLE_WIDTH = 100
const VISIBLE_HEIGHT = 40

/** How far a second window is set off from the one before. */
const CASCADE = 32

/**
 * Where to open a window: where the last one was, set off by `others` windows that are open. Only a size where that
 * place is on no screen any more: the system then chooses.
 */
export function placeFor(
  last: WindowPlace | undefined,
  screens: readonly Rectangle[],
  others: number,
): { width: number; height: number; x?: number; y?: number } {
  if (last === undefined) return DEFAULT_SIZE
  const x = last.x + others * CASCADE
  const y = last.y + others * CASCADE
  const screen = screens.find(
    (area) =>
      x + last.width >= area.x + VISIBLE_WIDTH &&
      x <= area.x + area.width - VISIBLE_WIDTH &&
      y >= area.y &&
      y <= area.y + area.height - VISIBLE_HEIGHT,
  )
  const size = {
    width: Math.max(MIN_SIZE.width, Math.min(last.width, screen?.width ?? last.width)),
    height: Math.max(MIN_SIZE.height, Math.min(last.height, screen?.height ?? last.height)),
  }
  return screen === undefined ? size : { ...size, x, y }
}
