import { BaseSequencer } from 'vitest/node'

/** Files of tests that take a minute or more, the longest first. */
export const LONG_FILES = [
  'tests/unit/client/simulation.test.ts',
  ...['protocolFuzz', 'assets/pictures', 'replay'].map((name) => `tests/integration/${name}.test.ts`),
]

/**
 * The order of files that are tested side by side. Vitest knows from earlier runs which take long, but in a fresh clone
 * it goes by their size: the longest, which is small, would begin when all others are done.
 */
export class LongestFirst extends BaseSequencer {
  /**
   * @override
   * @type {BaseSequencer['sort']}
   */
  async sort(files) {
    const place = (/** @type {{ moduleId: string }} */ { moduleId }) => {
      const at = LONG_FILES.findIndex((name) => moduleId.endsWith(name))
      return at < 0 ? LONG_FILES.length : at
    }
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b))
  }
}
