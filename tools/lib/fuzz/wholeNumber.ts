/** The number that an option names. Throws RangeError. */
export function wholeNumber(option: string, text: string, least: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least) return value
  throw new RangeError(`${option} is a whole number of at least ${least}`)
}
