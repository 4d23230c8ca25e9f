import type { IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron'
import type { z } from 'zod'
import type { Logger } from '../../server/logger'
import { errorText } from '../../shared/errorText'
import {
  channelOf,
  type Calls,
  type HandlersFor,
  type IpcError,
  type IpcErrorCode,
  type Reply,
} from '../../shared/ipc/contract'
import type { WindowSession } from '../windows/windowSession'

/** What the router needs of Electron's ipcMain. */
export interface IpcReceiver {
  handle(channel: string, listener: (event: IpcMainInvokeEvent, request: unknown) => Promise<unknown>): void
  on(channel: string, listener: (event: IpcMainEvent, message: unknown) => void): void
}

/** Where a call comes from. */
export type Caller = Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>

/** Who may call, and in which session. */
export interface CallerSource {
  /** Whether this is the page of one of our windows, and not something embedded in it. */
  isOwnPage(caller: Caller): boolean
  sessionOf(sender: WebContents): WindowSession | undefined
}

/** A call that main refuses, with the code the window gets. */
export class IpcRefusal extends Error {
  override readonly name = 'IpcRefusal'
  constructor(
    readonly code: IpcErrorCode,
    message: string,
  ) {
    super(message)
  }
}

/**
 * Takes the calls of windows: who calls is checked, then what; whatever goes wrong becomes an error reply.
 */
export class Router {
  constructor(
    private readonly receiver: IpcReceiver,
    private readonly sessions: CallerSource,
    private readonly log: Logger,
  ) {}

  /** Serves a domain's calls in the session of the page that calls. */
  serve<C extends Calls>(domain: string, calls: C, handlers: HandlersFor<C, WindowSession>): void {
    this.#serve(domain, calls, handlers, (sender) => {
      const session = this.sessions.sessionOf(sender)
      if (session === undefined) throw new IpcRefusal('not-allowed', 'this page has not started its session')
      return session
    })
  }

  /** Serves calls that need no session. */
  serveAnyPage<C extends Calls>(domain: string, calls: C, handlers: HandlersFor<C, WebContents>): void {
    this.#serve(domain, calls, handlers, (sender) => sender)
  }

  /** Takes one-way messages. What does not fit is dropped. */
  listen<T>(
    channel: string,
    schema: z.ZodType<T>,
    listener: (message: T, session: WindowSession) => void,
  ): void {
    this.receiver.on(channel, (event, message) => {
      const parsed = schema.safeParse(message)
      const session = this.sessions.isOwnPage(event) ? this.sessions.sessionOf(event.sender) : undefined
      if (session === undefined)
        this.log.warn({ channel }, 'dropped a message of a page that may not send it')
      else if (!parsed.success) this.log.warn({ channel, err: parsed.error }, 'dropped a malformed message')
      else listener(parsed.data, session)
    })
  }

  #serve<C extends Calls, Context>(
    domain: string,
    calls: C,
    handlers: HandlersFor<C, Context>,
    contextOf: (sender: WebContents) => Context,
  ): void {
    for (const name of Object.keys(calls)) {
      const channel = channelOf(domain, name)
      const schema = calls[name]?.request
      const handler = handlers[name]
      if (schema === undefined || handler === undefined) throw new Error(`no handler for ${channel}`)
      this.receiver.handle(channel, async (event, request): Promise<Reply<unknown>> => {
        try {
          if (!this.sessions.isOwnPage(event))
            throw new IpcRefusal('not-allowed', 'the caller is no page of the app')
          // The table's own schema gives what the table's handler takes; the loop over names loses that.
          const parsed = schema.safeParse(request) as z.ZodSafeParseResult<z.output<C[string]['request']>>
          if (!parsed.success) throw new IpcRefusal('bad-request', firstIssue(parsed.error))
          return { value: await handler(parsed.data, contextOf(event.sender)) }
        } catch (error) {
          const reply = toIpcError(error)
          if (reply.code === 'internal') this.log.error({ err: error, channel }, 'a call failed')
          else this.log.info({ channel, code: reply.code, detail: reply.message }, 'a call was refused')
          return { error: reply }
        }
      })
    }
  }
}

/** Our own codes are lower-case words with hyphens. Those of Node and SQLite are not, and mean nothing to a window. */
const OWN_CODE = /^[a-z]+(-[a-z]+)*$/

/** What a window is told of an error. */
export function toIpcError(error: unknown): IpcError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (typeof code === 'string' && OWN_CODE.test(code)) return { code, message: errorText(error) }
  return { code: 'internal', message: 'the app met an error of its own' }
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0]
  if (issue === undefined) return 'the request is malformed'
  const where = issue.path.length === 0 ? 'the request' : issue.path.map(String).join('.')
  return `${where}: ${issue.message}`
}
