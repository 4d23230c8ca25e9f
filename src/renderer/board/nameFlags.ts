import type { DrawContext } from './draw/drawShape'

/** Whose name a flag shows, in which colours. */
export interface FlagOwner {
  readonly name: string
  /** CSS colours: of the flag, and of letters on it. */
  readonly tone: string
  readonly onTone: string
}

interface Flag {
  readonly picture: OffscreenCanvas
  /** CSS pixels. */
  readonly width: number
}

const FONT = "550 12px 'Inter Variable', 'Noto Sans SC Variable', system-ui, sans-serif"
/** CSS pixels. */
const HEIGHT = 20
const PADDING = 6
const MAX_LETTERS = 24
/** Flags kept at most: of as many people as a room takes, some 10 KB each. */
const MAX_FLAGS = 1_000

/** The names at others' pointers, each painted once: painting the letters of fifty people took 3 ms of each frame. */
export class NameFlags {
  readonly #flags = new Map<string, Flag>()

  /** `density`: device pixels for each CSS pixel. */
  constructor(private readonly density: () => number) {}

  /** Draws a flag with its top left corner at a place in CSS pixels; the context is in CSS pixels, too. */
  draw(context: DrawContext, owner: FlagOwner, x: number, y: number): void {
    const density = this.density()
    const { picture, width } = this.#flagOf(owner, density)
    // On whole device pixels, where the letters stay as sharp as they were painted.
    const place = (at: number): number => Math.round(at * density) / density
    context.drawImage(picture, place(x), place(y), width, HEIGHT)
  }

  /** Paints all anew: other fonts are there. */
  forget(): void {
    this.#flags.clear()
  }

  #flagOf(owner: FlagOwner, density: number): Flag {
    const key = JSON.stringify([owner.name, owner.tone, owner.onTone, density])
    const known = this.#flags.get(key)
    if (known !== undefined) return known
    const flag = paintFlag(owner, density)
    if (this.#flags.size >= MAX_FLAGS) this.forget()
    this.#flags.set(key, flag)
    return flag
  }
}

function paintFlag({ name, tone, onTone }: FlagOwner, density: number): Flag {
  const shown = name.length > MAX_LETTERS ? `${name.slice(0, MAX_LETTERS - 1)}…` : name
  const picture = new OffscreenCanvas(1, 1)
  const context = picture.getContext('2d')
  if (context === null) throw new Error('this browser cannot draw on a canvas')
  context.font = FONT
  const pixels = Math.ceil((context.measureText(shown).width + 2 * PADDING) * density)
  picture.width = pixels
  picture.height = Math.ceil(HEIGHT * density)
  const width = pixels / density
  // The new size has reset everything.
  context.scale(density, density)
  context.font = FONT
  context.textBaseline = 'middle'
  context.fillStyle = tone
  context.beginPath()
  context.roundRect(0, 0, width, HEIGHT, 5)
  context.fill()
  context.fillStyle = onTone
  context.fillText(shown, PADDING, HEIGHT / 2 + 0.5)
  return { picture, width }
}
