/**
 * The few globals that every place we run in has (Node, Electron, browsers, also over plain http) and that
 * the platform-neutral layers may therefore use. Anything else has to come in through a constructor.
 */
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(input?: Uint8Array): string
}

declare class URL {
  constructor(url: string, base?: string)
  readonly protocol: string
  readonly host: string
  readonly hostname: string
  readonly port: string
  readonly origin: string
  readonly href: string
  readonly username: string
  readonly password: string
  pathname: string
  search: string
  hash: string
  readonly searchParams: URLSearchParams
  static canParse(url: string, base?: string): boolean
}

declare class URLSearchParams {
  constructor(init?: string)
  get(name: string): string | null
  getAll(name: string): string[]
  has(name: string): boolean
  set(name: string, value: string): void
  append(name: string, value: string): void
  toString(): string
}

declare function structuredClone<T>(value: T): T
declare function queueMicrotask(callback: () => void): void
