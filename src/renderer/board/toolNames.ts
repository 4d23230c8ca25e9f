import type { KeyPress } from '../app/shortcuts'

/** What the toolbar offers, in its order. */
export const TOOLBAR_NAMES = [
  'select',
  'hand',
  'draw',
  'highlight',
  'eraser',
  'rectangle',
  'diamond',
  'ellipse',
  'arrow',
  'line',
  'text',
  'note',
  'image',
  'frame',
  'laser',
] as const
export type ToolbarName = (typeof TOOLBAR_NAMES)[number]
/** A tool that stays in the hand. Pictures are asked for at once instead. */
export type ToolName = Exclude<ToolbarName, 'image'>
export const TOOL_NAMES: readonly ToolName[] = TOOLBAR_NAMES.filter((name) => name !== 'image')

/** The letter that chooses a tool, and the digit that does too: those of Excalidraw where it has one. */
export const TOOL_KEYS: Readonly<Record<ToolbarName, { readonly letter: string; readonly digit?: string }>> =
  {
    select: { letter: 'V', digit: '1' },
    rectangle: { letter: 'R', digit: '2' },
    diamond: { letter: 'D', digit: '3' },
    ellipse: { letter: 'O', digit: '4' },
    arrow: { letter: 'A', digit: '5' },
    line: { letter: 'L', digit: '6' },
    draw: { letter: 'P', digit: '7' },
    text: { letter: 'T', digit: '8' },
    image: { letter: 'I', digit: '9' },
    note: { letter: 'N' },
    eraser: { letter: 'E', digit: '0' },
    hand: { letter: 'H' },
    highlight: { letter: 'M' },
    frame: { letter: 'F' },
    laser: { letter: 'K' },
  }

/** The letter or digit of a key, `A` to `Z`, whether Caps Lock is on or not. */
export function letterOf(press: KeyPress): string {
  // A keyboard without Latin letters: the place of the key counts.
  return /^[A-Za-z0-9]$/.test(press.key) ? press.key.toUpperCase() : press.code.replace(/^Key/, '')
}

/** What a key press without modifiers chooses. */
export function toolOfKey(press: KeyPress): ToolbarName | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey || press.shiftKey) return undefined
  const typed = letterOf(press)
  return TOOLBAR_NAMES.find((name) => TOOL_KEYS[name].letter === typed || TOOL_KEYS[name].digit === typed)
}
