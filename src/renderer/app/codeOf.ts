/** The stable code of whatever was thrown; `unknown` where it has none. */
export function codeOf(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string') {
    return thrown.code
  }
  return 'unknown'
}
