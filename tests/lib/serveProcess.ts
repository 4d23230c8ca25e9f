import { spawn, type ChildProcess } from 'node:child_process'
import { resolve } from 'node:path'
import { z } from 'zod'
import { buildIfStale } from '../../scripts/building.mjs'
import { makeTemporaryFolder, removeFolder } from './temporaryFolder'

const ROOT = resolve(import.meta.dirname, '../..')

const PROGRAMS = {
  built: [process.execPath, resolve(ROOT, 'out/server/cli.js')],
  installed: ['/usr/bin/inkroom'],
}

let build: Promise<void> | undefined
/** Looks once in each process whether what was built is what the sources say now, and builds it if not. */
function freshBuild(): Promise<void> {
  build ??= buildIfStale()
  return build
}

const listeningSchema = z.object({
  event: z.literal('listening'),
  port: z.number().int().min(1),
  host: z.string(),
  url: z.url(),
  fingerprint: z.string().optional(),
  urls: z.array(z.url()).min(1),
  data: z.string(),
  pid: z.number().int(),
  room: z
    .object({
      id: z.string(),
      title: z.string(),
      link: z.url(),
      links: z.array(z.url()).min(1),
      ownerLink: z.url(),
    })
    .optional(),
})

export interface ServeOptions {
  /** A folder that stays; without it the server has one of its own, removed when it has ended. */
  readonly data?: string
  /** 0, the default, lets the system choose. */
  readonly port?: number
  /** Title of a room that shall be there. */
  readonly room?: string
  /** Folder of the browser client. */
  readonly client?: string
  /** Whether it encrypts, as it does unless told otherwise; false, the default here, for what meets the bare socket. */
  readonly encryption?: boolean
  /** More arguments of `serve`. */
  readonly args?: readonly string[]
  /**
   * `built` (default) runs out/server/cli.js, which starts in a third of the time that src takes; `installed` what a
   * package has put on the PATH, without a display.
   */
  readonly program?: keyof typeof PROGRAMS
}

export interface ExitResult {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A headless server in a process of its own, on 127.0.0.1. */
export interface ServeProcess {
  /** What it said when it listened. */
  readonly line: z.infer<typeof listeningSchema>
  readonly port: number
  /** `http://127.0.0.1:PORT`, or `https:` where it encrypts. */
  readonly origin: string
  readonly process: ChildProcess
  /** Settles when the process has ended. */
  readonly exited: Promise<ExitResult>
  /** Asks it to stop (SIGTERM) and waits. */
  stop(): Promise<ExitResult>
  /** Ends it at once (SIGKILL) and waits. */
  kill(): Promise<ExitResult>
}

/** Starts `serve` and waits until it listens. Fails with its stderr where it ends before. */
export async function startServe(options: ServeOptions = {}): Promise<ServeProcess> {
  if (options.program !== 'installed') await freshBuild()
  const ownFolder = options.data === undefined ? await makeTemporaryFolder() : undefined
  const { child, exited, firstLine } = spawnServe({ ...options, data: options.data ?? ownFolder ?? '' })
  const cleaned = exited.then(async (result) => {
    if (ownFolder !== undefined) await removeFolder(ownFolder)
    return result
  })
  const text = await Promise.race([firstLine, cleaned])
  if (typeof text !== 'string') {
    throw new Error(`serve ended with ${text.code ?? text.signal} before it listened:\n${text.stderr}`)
  }
  const line = listeningSchema.parse(JSON.parse(text))
  const end = (signal: NodeJS.Signals) => () => {
    child.kill(signal)
    return cleaned
  }
  return {
    line,
    port: line.port,
    origin: `${line.fingerprint === undefined ? 'http' : 'https'}://127.0.0.1:${line.port}`,
    process: child,
    exited: cleaned,
    stop: end('SIGTERM'),
    kill: end('SIGKILL'),
  }
}

/** Runs `serve` where it is expected to end by itself. */
export async function runServe(options: ServeOptions & { readonly data: string }): Promise<ExitResult> {
  if (options.program !== 'installed') await freshBuild()
  const { child, exited, firstLine } = spawnServe(options)
  const unexpected = firstLine.then((line) => {
    child.kill('SIGKILL')
    throw new Error(`serve listens, although it should not: ${line}`)
  })
  return Promise.race([exited, unexpected])
}

/** Without a folder there is no client, unless the program is one that brings its own. */
function clientFlags(program: keyof typeof PROGRAMS, client: string | undefined): string[] {
  if (client !== undefined) return ['--client', client]
  return program === 'installed' ? [] : ['--no-client']
}

function withoutDisplay(): NodeJS.ProcessEnv {
  return { ...process.env, DISPLAY: undefined, WAYLAND_DISPLAY: undefined }
}

function spawnServe({
  data,
  port = 0,
  room,
  client,
  encryption = false,
  args = [],
  program = 'built',
}: ServeOptions & { data: string }) {
  const flags = ['--host', '127.0.0.1', '--port', String(port), '--data', data]
  const [file = '', ...start] = PROGRAMS[program]
  const child = spawn(
    file,
    [
      ...start,
      'serve',
      ...flags,
      ...(room === undefined ? [] : ['--room', room]),
      ...(encryption ? [] : ['--no-encryption']),
      ...clientFlags(program, client),
      ...args,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: program === 'installed' ? withoutDisplay() : process.env },
  )
  let stdout = ''
  let stderr = ''
  const firstLine = new Promise<string>((resolveLine) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      if (stdout.includes('\n')) resolveLine(stdout.slice(0, stdout.indexOf('\n')))
    })
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const exited = new Promise<ExitResult>((resolveExit, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolveExit({ code, signal, stdout, stderr }))
  })
  return { child, exited, firstLine }
}
