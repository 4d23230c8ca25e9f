import type { IpcReceiver } from '../../src/main/ipc/router'

type Handler = Parameters<IpcReceiver['handle']>[1]
type Listener = Parameters<IpcReceiver['on']>[1]
type Event = Parameters<Handler>[0] & Parameters<Listener>[0]

/** Electron's IPC without Electron: what crosses is cloned as there. */
export class FakeIpc implements IpcReceiver {
  private readonly handlers = new Map<string, Handler>()
  private readonly listeners = new Map<string, Listener>()

  handle(channel: string, handler: Handler): void {
    this.handlers.set(channel, handler)
  }

  on(channel: string, listener: Listener): void {
    this.listeners.set(channel, listener)
  }

  get channels(): string[] {
    return [...this.handlers.keys()]
  }

  /** A call of a page. */
  async invoke(caller: FakeCaller, channel: string, request?: unknown): Promise<unknown> {
    const handler = this.handlers.get(channel)
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    return structuredClone(await handler(eventOf(caller), structuredClone(request)))
  }

  /** A one-way message of a page. */
  send(caller: FakeCaller, channel: string, message: unknown): void {
    this.listeners.get(channel)?.(eventOf(caller), structuredClone(message))
  }
}

/** The page and frame a call comes from, as far as tests need them. */
export interface FakeCaller {
  readonly sender: object
  readonly senderFrame: { readonly url: string; readonly parent: object | null } | null
}

function eventOf(caller: FakeCaller): Event {
  const partial: unknown = caller
  return partial as Event
}
