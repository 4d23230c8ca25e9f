import { readdirSync, readFileSync } from 'node:fs'

/** A process and what it holds and has used, as Linux counts them. */
export interface ProcessUse {
  /** What it is to Chromium: `main`, `renderer`, `gpu-process`, `zygote`, or what a utility process is for. */
  readonly kind: string
  /** Megabytes, each shared page divided among those that share it: these add up. */
  readonly memoryMb: number
  /** Milliseconds of processor time since it began. */
  readonly cpuMs: number
}

/** Length of the kernel's tick in /proc/PID/stat: 100 a second on every Linux that Electron runs on. */
const TICK_MS = 10

/** A process and all that it and they have started; those that end meanwhile are left out. */
export function processTree(root: number): ProcessUse[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    const stat = Number.isInteger(pid) ? statOf(pid) : undefined
    if (stat !== undefined) parents.set(pid, stat.parent)
  }
  const isOfTree = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined && at !== 0; at = parents.get(at))
      if (at === root) return true
    return false
  }
  return [...parents.keys()].filter(isOfTree).flatMap((pid) => useOf(pid) ?? [])
}

function useOf(pid: number): ProcessUse | undefined {
  const stat = statOf(pid)
  const rollup = read(pid, 'smaps_rollup')
  const pss = /^Pss:\s+(\d+) kB$/m.exec(rollup ?? '')?.[1]
  if (stat === undefined || pss === undefined) return undefined
  return { kind: kindOf(read(pid, 'cmdline') ?? ''), memoryMb: Number(pss) / 1024, cpuMs: stat.cpuMs }
}

/** Chromium joins the arguments of its processes with spaces. */
export function kindOf(commandLine: string): string {
  const valueOf = (name: string): string | undefined =>
    new RegExp(`(?:^|[\\0 ])--${name}=([^\\0 ]+)`).exec(commandLine)?.[1]
  const type = valueOf('type')
  if (type === undefined) return 'main'
  return type === 'utility' ? `utility: ${valueOf('utility-sub-type') ?? 'unknown'}` : type
}

function statOf(pid: number): { parent: number; cpuMs: number } | undefined {
  // What is behind the name, which may hold anything: state, parent, ... user and system time as 12th and 13th.
  const fields = read(pid, 'stat')
    ?.replace(/^.*\) /s, '')
    .split(' ')
  if (fields === undefined) return undefined
  return { parent: Number(fields[1]), cpuMs: TICK_MS * (Number(fields[11]) + Number(fields[12])) }
}

function read(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It has ended.
    return undefined
  }
}
