/** Rooms that others are in, and how many people that are in all. */
export interface Guests {
  readonly people: number
  /** Titles of the rooms they are in. */
  readonly rooms: readonly string[]
}

/** Who is in the rooms of this device; undefined where nobody is. */
export function guestsOf(
  rooms: readonly { readonly title: string; readonly guests: number }[],
): Guests | undefined {
  const visited = rooms.filter(({ guests }) => guests > 0)
  if (visited.length === 0) return undefined
  return {
    people: visited.reduce((sum, { guests }) => sum + guests, 0),
    rooms: visited.map(({ title }) => title),
  }
}
