/** A lone surrogate: in a `u` pattern the halves of a pair are not matched. */
const LONE_SURROGATE = /\p{Surrogate}/u

/** True for text without lone surrogates, the only text that survives UTF-8. */
export function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text)
}

/** True for the second UTF-16 unit of a surrogate pair. A boundary left of it, in well-formed text, splits the pair. */
export function isLowSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00
}
