import { resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../../..')

/** Programs that run on the machines of a lab, with the file each begins in. */
export const PROGRAMS = { person: 'tests/network/lab/personProgram.ts', server: 'src/server/cli.ts' } as const

/** The bundle of a program, which buildPrograms.ts makes. */
export function programOf(name: keyof typeof PROGRAMS): string {
  return resolve(ROOT, '.cache/network-lab', `${name}.js`)
}
