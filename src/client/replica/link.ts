import type { ClientMessage } from '../../shared/protocol/clientMessages'
import type { ServerMessage, ServerMessageOf } from '../../shared/protocol/serverMessages'

/** The connection as a replica uses it: messages go out while the room is joined. */
export interface Outlet {
  send(message: ClientMessage): void
  /** A number for an `open` that no other on this connection has. */
  nextRequest(): number
}

/** Messages of the server that concern one page. */
export type PageMessage = Extract<ServerMessage, { pageId?: string | undefined }>

/** The page is received: updates up to `until` arrive, afterwards edits are sent. */
export interface LiveLink {
  readonly phase: 'live'
  readonly outlet: Outlet
  readonly until: number
}

/** How a replica is connected with the server. */
export type Link =
  | { readonly phase: 'offline' }
  /** `open` was sent, its `opened` is awaited. `returned`: history was handed back before it. */
  | {
      readonly phase: 'opening'
      readonly outlet: Outlet
      readonly request: number
      readonly returned: boolean
    }
  /** Pieces of a snapshot arrive. */
  | {
      readonly phase: 'loading'
      readonly outlet: Outlet
      readonly opened: ServerMessageOf<'opened'>
      readonly pieces: string[]
    }
  | LiveLink
  /** History is being handed back. */
  | { readonly phase: 'returning'; readonly outlet: Outlet }
  /** The server refuses the page for now. */
  | { readonly phase: 'refused'; readonly outlet: Outlet }
  /** For good: the replica is closed, or its claim is lost. */
  | { readonly phase: 'ended' }

/** Where messages go, while there is anywhere. */
export function outletOf(link: Link): Outlet | undefined {
  return link.phase === 'offline' || link.phase === 'ended' ? undefined : link.outlet
}
