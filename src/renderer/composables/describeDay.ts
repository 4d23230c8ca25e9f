const DAY_MS = 86_400_000

/** A time as people say it: "today", "3 days ago", later a date. Both in milliseconds since 1970. */
export function describeDay(time: number, now: number, locale: string): string {
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  const days = Math.ceil((midnight - time) / DAY_MS)
  if (days <= 7)
    return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-Math.max(0, days), 'day')
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(time)
}
