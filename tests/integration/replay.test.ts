import { describe, expect, it } from 'vitest'
import { replayFile } from '../../tools/lib/replay/replayFile'

const FIXTURES = 'tests/fixtures/editing-traces'
const replay = (name: string, clients?: number): ReturnType<typeof replayFile> =>
  replayFile(`${FIXTURES}/${name}.json.gz`, { clients, progress: () => undefined })

describe(
  'recorded editing histories, through a server process and its restarts',
  { timeout: 120_000 },
  () => {
    it.each([
      ['sveltecomponent', 19_749],
      ['friendsforever_flat', 26_078],
    ])('%s ends on every client in exactly the recorded text', async (name, edits) => {
      const { problems, updates, ...report } = await replay(name)
      expect(problems).toEqual([])
      expect(report).toMatchObject({ kind: 'flat', edits, clients: 3, ok: true, recordedText: true })
      expect(updates).toBeGreaterThan(edits / 200)
    })

    it('concurrent-friendsforever is written by two people at once, and all replicas agree', async () => {
      const { problems, ...report } = await replay('concurrent-friendsforever')
      expect(problems).toEqual([])
      expect(report).toMatchObject({
        kind: 'concurrent',
        edits: 26_078,
        writers: 2,
        ok: true,
        recordedText: true,
      })
      // They did write at once: the server had to transform, and hardly anybody saw more than the person then had.
      expect(report.updatesTransformed).toBeGreaterThan(1_000)
      expect(report.transactionsAhead).toBeLessThan(26_078 / 4)
    })
  },
)
