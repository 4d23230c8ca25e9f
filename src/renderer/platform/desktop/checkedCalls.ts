import { z } from 'zod'
import { errorText } from '../../../shared/errorText'
import type { Calls, Reply } from '../../../shared/ipc/contract'

/** The functions of a domain as the preload script hands them over. */
type Asks<C extends Calls> = { readonly [K in keyof C]: (...request: never[]) => Promise<unknown> }

/** The same functions, answering what the domain's table says. */
type Checked<C extends Calls, A extends Asks<C>> = {
  readonly [K in keyof C]: (...request: Parameters<A[K]>) => Promise<Reply<z.output<C[K]['answer']>>>
}

const errorReplySchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) })

/** A domain's calls, whose replies are parsed. What its table does not know becomes an error reply. */
export function checkedCalls<C extends Calls, A extends Asks<C>>(table: C, asks: A): Checked<C, A> {
  const functions = Object.entries(table).map(([name, { answer }]) => {
    const replySchema = z.object({ value: answer })
    const check = async (...request: never[]) => parseReply(await asks[name]?.(...request), replySchema)
    return [name, check] as const
  })
  // The names are the table's, and each function parses what the table says it answers.
  return Object.fromEntries(functions) as unknown as Checked<C, A>
}

function parseReply<T>(reply: unknown, schema: z.ZodType<{ value: T }>): Reply<T> {
  const refused = errorReplySchema.safeParse(reply)
  if (refused.success) return refused.data
  const answered = schema.safeParse(reply)
  return answered.success
    ? answered.data
    : { error: { code: 'internal', message: errorText(answered.error) } }
}

/** A subscription whose messages are what `schema` says. One that is not is thrown: main never sends it. */
export function checkedMessages<T>(
  subscribe: (listener: (message: unknown) => void) => () => void,
  schema: z.ZodType<T>,
): (listener: (message: T) => void) => () => void {
  return (listener) => subscribe((message) => listener(schema.parse(message)))
}
