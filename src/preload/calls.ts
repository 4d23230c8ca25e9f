import { ipcRenderer } from 'electron'
import { z } from 'zod'
import { channelOf, type Calls, type CallsFor, type Reply } from '../shared/ipc/contract'

const errorReplySchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) })

/** The calls of a domain as functions. Each resolves to a reply; none rejects. */
export function callsOf<C extends Calls>(domain: string, calls: C): CallsFor<C> {
  const entries = Object.entries(calls).map(([name, { answer }]) => {
    const channel = channelOf(domain, name)
    return [name, (request?: unknown) => invoke(channel, request, answer)] as const
  })
  return Object.fromEntries(entries) as CallsFor<C>
}

async function invoke(channel: string, request: unknown, answer: z.ZodType): Promise<Reply<unknown>> {
  try {
    const reply: unknown = await ipcRenderer.invoke(channel, request)
    const refused = errorReplySchema.safeParse(reply)
    return refused.success ? refused.data : { value: z.object({ value: answer }).parse(reply).value }
  } catch (error) {
    // Main is going away, or is of another version.
    return { error: { code: 'internal', message: error instanceof Error ? error.message : String(error) } }
  }
}
