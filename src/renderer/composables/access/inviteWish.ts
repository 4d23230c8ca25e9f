/** How long an invite counts. */
export const LIFETIMES = ['hour', 'today', 'week', 'never'] as const
export type Lifetime = (typeof LIFETIMES)[number]

/** How many devices may come in by an invite. */
export const USES = ['1', '5', '30', 'any'] as const
export type Uses = (typeof USES)[number]

const HOUR_MS = 3_600_000
const WEEK_MS = 7 * 24 * HOUR_MS

/** When an invite that is made now expires, milliseconds since 1970; null: never. */
export function expiryOf(lifetime: Lifetime, now: number): number | null {
  switch (lifetime) {
    case 'hour':
      return now + HOUR_MS
    case 'today':
      // Shortly before midnight an invite that ends with the day would be of no use.
      return Math.max(new Date(now).setHours(24, 0, 0, 0), now + HOUR_MS)
    case 'week':
      return now + WEEK_MS
    case 'never':
      return null
  }
}

export function maxUsesOf(uses: Uses): number | null {
  return uses === 'any' ? null : Number(uses)
}
