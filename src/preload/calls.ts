import { z } from 'zod'
import { errorText } from '../shared/errorText'
import { channelOf, type Calls, type CallsFor, type Reply } from '../shared/ipc/contract'

/** Sends a request to main and waits for its reply: Electron's ipcRenderer.invoke. */
export type Invoke = (channel: string, request: unknown) => Promise<unknown>

const errorReplySchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) })

/** The calls of a domain as functions. Each resolves to a reply; none rejects. */
export function callsOf<C extends Calls>(domain: string, calls: C, invoke: Invoke): CallsFor<C> {
  const functions = Object.entries(calls).map(([name, { answer }]) => {
    const channel = channelOf(domain, name)
    const replySchema = z.object({ value: answer })
    return [name, (request?: unknown) => ask(invoke, { channel, request }, replySchema)] as const
  })
  // The names are the table's, and each function parses what the table says it answers.
  return Object.fromEntries(functions) as CallsFor<C>
}

async function ask(
  invoke: Invoke,
  { channel, request }: { readonly channel: string; readonly request: unknown },
  schema: z.ZodType<{ value: unknown }>,
): Promise<Reply<unknown>> {
  try {
    const reply = await invoke(channel, request)
    const refused = errorReplySchema.safeParse(reply)
    return refused.success ? refused.data : schema.parse(reply)
  } catch (error) {
    // What cannot be copied never gets to main, which else would have said so.
    if (!isCopyable(request))
      return { error: { code: 'bad-request', message: 'the request cannot be copied' } }
    // Main is going away, or answers what the contract does not know.
    return { error: { code: 'internal', message: errorText(error) } }
  }
}

function isCopyable(request: unknown): boolean {
  try {
    structuredClone(request)
    return true
  } catch {
    return false
  }
}
