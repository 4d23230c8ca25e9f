import type { z } from 'zod'

/**
 * The calls a window makes of the main process. Each domain is a table of calls; the channel of a call is
 * `domain.call`. Both sides parse what arrives: main the request, the preload script the reply.
 */
export interface Call<Request extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType> {
  readonly request: Request
  readonly answer: Answer
}

export type Calls = Readonly<Record<string, Call>>

/** What main answers, always: nothing is thrown across the boundary. */
export type Reply<T> = { readonly value: T } | { readonly error: IpcError }

export interface IpcError {
  /** One of {@link IpcErrorCode} or a code of the domain. */
  readonly code: string
  /** English, for logs and developers. */
  readonly message: string
}

export type IpcErrorCode =
  /** The request does not fit the contract. */
  | 'bad-request'
  /** The caller is no window of the app, or has not started its session. */
  | 'not-allowed'
  /** Main met an error that has no code. */
  | 'internal'

/** The calls of a domain as the window has them. A call without a request takes no argument. */
export type CallsFor<C extends Calls> = {
  readonly [K in keyof C]: [z.input<C[K]['request']>] extends [undefined]
    ? () => Promise<Reply<z.output<C[K]['answer']>>>
    : (request: z.input<C[K]['request']>) => Promise<Reply<z.output<C[K]['answer']>>>
}

/** The calls of a domain as main carries them out. */
export type HandlersFor<C extends Calls, Context> = {
  readonly [K in keyof C]: (
    request: z.output<C[K]['request']>,
    context: Context,
  ) => Promise<z.input<C[K]['answer']>> | z.input<C[K]['answer']>
}

/** A call of a domain. */
export function call<Request extends z.ZodType, Answer extends z.ZodType>(
  request: Request,
  answer: Answer,
): Call<Request, Answer> {
  return { request, answer }
}

/** Name of the Electron channel of a call. */
export function channelOf(domain: string, name: string): string {
  return `${domain}.${name}`
}
