import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { ensureDesktop } from '../../../scripts/bootstrap/desktop.mjs'
import { ROOT } from '../../../scripts/bootstrap/paths.mjs'
import { buildIfStale } from '../../../scripts/building.mjs'
import { packageIfStale } from '../../../scripts/packaging/packageIfStale.mjs'
import { electronEnvironment } from '../../../scripts/runtime.mjs'
import type { ProgramStart } from '../../../tests/lib/programWithPages'
import { environmentIn, userDataIn } from '../../../tests/package/installedApp'

/** An app that can be started in a home folder. */
export interface MeasuredApp {
  readonly name: string
  readonly startIn: (home: string) => ProgramStart
  /** The folder it is installed as, where it is packaged. */
  readonly folder?: string
}

const UNPACKED = join(ROOT, 'dist', 'linux-unpacked')

/** Inkroom as it is installed; as it is built, where this machine cannot package it. */
export async function inkroom(): Promise<MeasuredApp> {
  const args = (home: string): string[] => [
    `--user-data-dir=${userDataIn(home)}`,
    '--host=127.0.0.1',
    '--no-discovery',
  ]
  if (await canBePackaged()) {
    const program = join(UNPACKED, 'inkroom')
    const startIn = (home: string) => ({ program, args: args(home), env: environmentIn(home) })
    return { name: 'Inkroom, packaged', startIn, folder: UNPACKED }
  }
  await buildIfStale()
  const program = await electron()
  return {
    name: 'Inkroom, built',
    startIn: (home) => ({ program, args: [ROOT, ...args(home)], env: environmentIn(home) }),
  }
}

/** An app with one button and nothing else, in the Electron that this machine has. */
export async function emptyApp(): Promise<MeasuredApp> {
  const program = await electron()
  const folder = join(import.meta.dirname, 'emptyApp')
  return {
    name: 'empty Electron app',
    startIn: (home) => ({ program, args: [folder], env: environmentIn(home) }),
  }
}

async function canBePackaged(): Promise<boolean> {
  if (process.platform !== 'linux') return false
  try {
    await ensureDesktop('package')
    await packageIfStale()
    return existsSync(UNPACKED)
  } catch (error) {
    process.stderr.write(`cannot package the app here, so the built one is measured: ${String(error)}\n`)
    return false
  }
}

/** The program of Electron. */
async function electron(): Promise<string> {
  Object.assign(process.env, electronEnvironment())
  // Outside of Electron the package is the path of its program, which it works out when it is loaded.
  return ((await import('electron')) as unknown as { default: string }).default
}
