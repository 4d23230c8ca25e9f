import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const IMPORTS = path.resolve('scripts/typescriptImports.mjs')

/** Runs a program of this folder until it has written `lines` lines, kills it, and gives back the last it got out. */
export async function killAfterLines(program: string, argument: string, lines: number): Promise<string> {
  const node = ['--experimental-transform-types', '--disable-warning=ExperimentalWarning']
  const file = path.join(import.meta.dirname, program)
  const child = spawn(
    process.execPath,
    [...node, `--import=${pathToFileURL(IMPORTS).href}`, file, argument],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const exited = once(child, 'exit')
  let last = ''
  let count = 0
  for await (const line of createInterface({ input: child.stdout })) {
    last = line
    count += 1
    if (count === lines) child.kill('SIGKILL')
  }
  const [, signal] = (await exited) as unknown[]
  if (signal !== 'SIGKILL') throw new Error(`${program} ended by itself after ${count} lines`)
  return last
}
