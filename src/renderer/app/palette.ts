import type { MessageKey } from '../i18n/messages'

/** Names of the participants' colours, by index. styles/palette.css draws them. */
export const PALETTE: readonly MessageKey[] = [
  'colours.red',
  'colours.orange',
  'colours.brown',
  'colours.olive',
  'colours.green',
  'colours.teal',
  'colours.petrol',
  'colours.blue',
  'colours.indigo',
  'colours.violet',
  'colours.pink',
  'colours.wine',
]

/** One or two letters that stand for a name on a small disc. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u)
  const first = firstCharacter(words[0] ?? '')
  const last = words.length > 1 ? firstCharacter(words[words.length - 1] ?? '') : ''
  // Two Chinese or Japanese characters are too wide for the disc.
  return /^\p{Script=Latin}/u.test(first) ? (first + last).toLocaleUpperCase() : first
}

function firstCharacter(word: string): string {
  return [...word][0] ?? ''
}
