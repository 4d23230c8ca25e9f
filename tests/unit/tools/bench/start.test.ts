import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { installedSize } from '../../../../tools/bench/start/installedSize'
import { kindOf, processTree } from '../../../../tools/bench/start/processTree'
import { startTables, summaryOf, type AppFigures } from '../../../../tools/bench/start/report'
import { makeTemporaryFolder, removeFolder } from '../../../lib/temporaryFolder'

const start = (shownMs: number, reactedMs: number, cpuMs: number) => ({ shownMs, reactedMs, cpuMs })

function figuresOf(name: string, room: boolean, cold = true): AppFigures {
  const uses = [
    { kind: 'main', memoryMb: 100.2, cpuMs: 1 },
    { kind: 'renderer', memoryMb: 50.1, cpuMs: 1 },
  ]
  return {
    app: { name, startIn: () => ({ program: name }) },
    starts: {
      first: start(900, 1000, 800),
      cold: cold ? [start(700, 1600, 500), start(600, 1400, 400), start(800, 1450, 450)] : undefined,
      warm: [start(300, 400, 300)],
    },
    idle: { home: uses, room: room ? [...uses, { kind: 'utility: x', memoryMb: 30, cpuMs: 1 }] : undefined },
  }
}

describe('the benchmark of the start', () => {
  it('tells Chromium’s processes apart, whether their arguments end with zeros or spaces', () => {
    expect(kindOf('/opt/inkroom.bin\0--no-sandbox\0')).toBe('main')
    expect(kindOf('/opt/inkroom.bin --type=renderer --x')).toBe('renderer')
    expect(kindOf('/opt/inkroom.bin\0--type=utility\0--utility-sub-type=node.mojom.NodeService\0')).toBe(
      'utility: node.mojom.NodeService',
    )
    expect(kindOf('/opt/inkroom.bin --my--type=renderer')).toBe('main')
  })

  it.runIf(process.platform === 'linux')('counts a process with what it holds and has used', () => {
    const [own] = processTree(process.pid)
    expect(own?.kind).toBe('main')
    expect(own?.memoryMb).toBeGreaterThan(10)
    expect(own?.memoryMb).toBeLessThan(4_000)
    expect(own?.cpuMs).toBeGreaterThan(0)
  })

  it('counts each file of an installed app once, by what it is for', async () => {
    const folder = await makeTemporaryFolder()
    try {
      await mkdir(join(folder, 'resources', 'app.asar.unpacked'), { recursive: true })
      const half = Buffer.alloc(512 * 1024)
      for (const file of [
        'inkroom.bin',
        'resources/app.asar',
        'resources/app.asar.unpacked/a.node',
        'a.pak',
        'b',
      ])
        await writeFile(join(folder, file), half)
      const size = Object.entries(installedSize(folder)).filter(([, mb]) => mb > 0)
      expect(size).toEqual([
        ['Inkroom: app.asar', 0.5],
        ['Inkroom: better-sqlite3', 0.5],
        ['Electron: the program', 0.5],
        ['Electron: text, languages and pages of its own', 0.5],
        ['Electron: everything else', 0.5],
      ])
    } finally {
      await removeFolder(folder)
    }
  })

  it('sums up medians to what the first button does, beside the empty app', () => {
    const summary = summaryOf(figuresOf('Inkroom', true), figuresOf('empty', false, false), {
      a: 100.4,
      b: 1,
    })
    expect(summary).toEqual({
      coldStartMs: 1450,
      warmStartMs: 400,
      warmStartCpuMs: 300,
      firstStartMs: 1000,
      idleMemoryMb: 150,
      roomMemoryMb: 180,
      installedMb: 101,
      empty: { coldStartMs: null, warmStartMs: 400, warmStartCpuMs: 300, idleMemoryMb: 150 },
    })
  })

  it('says where the start is later than promised', () => {
    const [head = '', ...rows] = startTables([figuresOf('Inkroom', true)], undefined).split('\n')
    expect(head).toContain('<= 1500')
    expect(rows.find((row) => row.startsWith('Inkroom, cold'))).toMatch(/1450 +1600 +450 +yes$/)
  })
})
