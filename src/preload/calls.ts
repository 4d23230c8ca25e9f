import { errorText } from '../shared/errorText'
import { channelOf, type Reply } from '../shared/ipc/contract'

/** Sends a request to main and waits for its reply: Electron's ipcRenderer.invoke. */
export type Invoke = (channel: string, request: unknown) => Promise<unknown>

/** The calls of a domain as functions. Each resolves to what main says, or to an error reply; none rejects. */
export function functionsOf<Name extends string>(
  domain: string,
  names: readonly Name[],
  invoke: Invoke,
): Record<Name, (request?: unknown) => Promise<unknown>> {
  const functions = names.map(
    (name) => [name, (request?: unknown) => ask(invoke, channelOf(domain, name), request)] as const,
  )
  // Object.fromEntries forgets the names.
  return Object.fromEntries(functions) as ReturnType<typeof functionsOf<Name>>
}

async function ask(invoke: Invoke, channel: string, request: unknown): Promise<unknown> {
  try {
    return await invoke(channel, request)
  } catch (error) {
    // What cannot be copied never gets to main, which else would have said so.
    const reply: Reply<never> = isCopyable(request)
      ? { error: { code: 'internal', message: errorText(error) } }
      : { error: { code: 'bad-request', message: 'the request cannot be copied' } }
    return reply
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
