import { z } from 'zod'

const withId = <T extends z.ZodRawShape>(shape: T) => z.object({ id: z.number().int(), ...shape })

/** What somebody at a machine of a lab can be told to do. */
export const orderSchema = z.discriminatedUnion('type', [
  withId({ type: z.literal('nearby') }),
  withId({ type: z.literal('check'), link: z.string() }),
  withId({ type: z.literal('join'), link: z.string(), name: z.string() }),
  withId({ type: z.literal('write'), text: z.string() }),
  withId({ type: z.literal('saved') }),
  withId({ type: z.literal('text') }),
  withId({ type: z.literal('state') }),
])
type Sent = z.infer<typeof orderSchema>
export type Order = Sent extends infer One ? (One extends Sent ? Omit<One, 'id'> : never) : never

export const answerSchema = z.object({
  id: z.number().int(),
  value: z.unknown().optional(),
  error: z.string().optional(),
})
