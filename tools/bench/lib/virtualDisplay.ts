import { spawnSync } from 'node:child_process'
import process from 'node:process'

/** Runs a benchmark of this program again under Xvfb, with the same arguments. */
export function runOnVirtualDisplay(name: string, args: readonly string[]): void {
  const [, program = ''] = process.argv
  const node = [process.execPath, ...process.execArgv, program, name, ...args]
  const screen = ['-a', '-s', '-screen 0 1600x1000x24']
  const { status, error } = spawnSync('xvfb-run', [...screen, ...node], { stdio: 'inherit' })
  if (error !== undefined) throw error
  process.exitCode = status ?? 1
}
