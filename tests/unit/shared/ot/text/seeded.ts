/** Options of fast-check for a property test beside the laws: random seed unless `LAW_SEED` is set; a failure prints it. */
export function seeded(numRuns: number): { numRuns: number; seed?: number } {
  const seed = process.env['LAW_SEED']
  return { numRuns, ...(seed === undefined ? {} : { seed: Number(seed) }) }
}
