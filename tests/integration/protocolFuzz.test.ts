import { expect, it } from 'vitest'
import { clientMessageSchema } from '../../src/shared/protocol/clientMessages'
import { SeededRandom } from '../lib/simulation/seededRandom'
import { fuzzServer } from '../../tools/lib/fuzz/protocol/fuzzServer'
import { formedMessage, MESSAGE_TYPES } from '../../tools/lib/fuzz/protocol/schemaValues'

const MESSAGES = Number(process.env['FUZZ_MESSAGES'] ?? 200_000)
const SEED = Number(process.env['FUZZ_SEED'] ?? 1)
/** What caches and compiled code may still gain after the first quarter, bytes: 200,000 messages leave no 200 bytes each. */
const MAX_MEMORY_GROWTH = 40 * 1024 * 1024

it('W6: the fuzz makes messages of every type that their own schema takes', () => {
  const random = new SeededRandom(SEED)
  const known = { ids: [], pageIds: ['pages'], hashes: [], heads: [] }
  const taken = new Set<string>()
  for (const type of MESSAGE_TYPES) {
    for (let i = 0; i < 200; i += 1) {
      if (clientMessageSchema.safeParse(formedMessage(type, random, known)).success) taken.add(type)
    }
  }
  expect([...taken]).toEqual([...MESSAGE_TYPES])
})

it(
  `W6, L9: a server under attack does not crash, leak, hang or change what others wrote (${MESSAGES} messages, seed ${SEED})`,
  { timeout: 900_000 },
  async () => {
    const report = await fuzzServer({ seed: SEED, messages: MESSAGES })
    expect(report.faults).toEqual([])
    expect(report.sent).toBeGreaterThanOrEqual(MESSAGES)
    expect(Object.keys(report.byType)).toEqual(expect.arrayContaining([...MESSAGE_TYPES, 'broken', 'replay']))
    expect(report.committed).toMatchObject({ viewer: 0, commenter: 0, stranger: 0 })
    // Those who may write did, or the line above would say nothing.
    expect(report.committed.editor).toBeGreaterThan(5)
    expect(report.memoryGrowth).toBeLessThan(MAX_MEMORY_GROWTH)
  },
)
