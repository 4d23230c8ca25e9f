import { z } from 'zod'
import { SIMULATED_KINDS } from '../../../tests/lib/simulation/runSimulation'

/** What a worker is asked for: one run. */
export const orderSchema = z.object({
  seed: z.number().int(),
  steps: z.number().int(),
  kind: z.enum(SIMULATED_KINDS),
})
export type Order = z.infer<typeof orderSchema>

/** What it answers. */
export const outcomeSchema = z.discriminatedUnion('result', [
  z.object({
    result: z.literal('passed'),
    seed: z.number().int(),
    edits: z.number(),
    drafts: z.number(),
    /** How often each action was taken. */
    actions: z.record(z.string(), z.number()),
  }),
  z.object({ result: z.literal('failed'), seed: z.number().int(), message: z.string() }),
])
export type Outcome = z.infer<typeof outcomeSchema>
