import { describe, expect, it } from 'vitest'
import {
  AppUpdates,
  CHECK_EVERY_MS,
  FIRST_CHECK_MS,
  type AppUpdatesOptions,
} from '../../../../src/main/updates/appUpdates'
import { silentLogger } from '../../../../src/server/logger'
import { ManualClock } from '../../../lib/manualClock'

/** A feed that is asked, answers, and installs, all by hand. */
class FakeSource {
  readonly done: string[] = []
  next: string | undefined | Error = undefined
  /** Ends the download under way. */
  finish: (error?: Error) => void = () => undefined
  progress: (done: number) => void = () => undefined

  async check(): Promise<string | undefined> {
    this.done.push('check')
    if (this.next instanceof Error) throw this.next
    return this.next
  }

  download(onProgress: (done: number) => void): Promise<void> {
    this.done.push('download')
    this.progress = onProgress
    return new Promise((resolve, reject) => {
      this.finish = (error) => (error === undefined ? resolve() : reject(error))
    })
  }

  /** Fails an install that goes on. */
  failInstall: (error: Error) => void = () => undefined
  installError: Error | undefined

  install(onFailed: (error: unknown) => void): void {
    this.done.push('install')
    this.failInstall = onFailed
    if (this.installError !== undefined) throw this.installError
  }
}

function setUp(options: Partial<AppUpdatesOptions> = {}) {
  const source = new FakeSource()
  const clock = new ManualClock()
  const steps: string[] = []
  const answers = { mayRestart: true }
  const counts = { asked: 0, quits: 0, opened: 0, failedRestarts: 0 }
  const updates = new AppUpdates({
    way: 'self',
    version: '0.1.0',
    automatic: true,
    openSource: async () => {
      counts.opened++
      return source
    },
    mayRestart: async () => {
      counts.asked++
      return answers.mayRestart
    },
    restartFailed: () => counts.failedRestarts++,
    installsFirst: false,
    quit: () => counts.quits++,
    clock,
    log: silentLogger,
    ...options,
  })
  updates.onChange(({ step }) => steps.push(step.name))
  const ready = async (): Promise<void> => {
    source.next = '0.2.0'
    await updates.check()
    source.finish()
    await settled()
  }
  return { updates, source, clock, steps, answers, counts, ready }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('looking for new versions', () => {
  it('Y16: happens some time after the start, then now and then, while it is on', async () => {
    const { updates, source, clock, counts } = setUp()
    updates.start()
    clock.advance(FIRST_CHECK_MS - 1)
    await settled()
    expect(counts.opened).toBe(0)
    clock.advance(1)
    await settled()
    expect(source.done).toEqual(['check'])
    clock.advance(CHECK_EVERY_MS)
    await settled()
    expect(source.done).toEqual(['check', 'check'])
    updates.setAutomatic(false)
    clock.advance(3 * CHECK_EVERY_MS)
    await settled()
    expect(source.done).toHaveLength(2)
    updates.setAutomatic(true)
    clock.advance(CHECK_EVERY_MS)
    await settled()
    expect(source.done).toHaveLength(3)
    updates.stop()
    clock.advance(3 * CHECK_EVERY_MS)
    await settled()
    expect(source.done).toHaveLength(3)
  })

  it.each(['system', 'nobody'] as const)(
    'Y16: does not happen where %s installs new versions, asked for or not',
    async (way) => {
      const { updates, clock, counts } = setUp({ way })
      updates.start()
      clock.advance(FIRST_CHECK_MS + CHECK_EVERY_MS)
      await updates.check()
      await settled()
      expect(counts.opened).toBe(0)
      expect(updates.state.step.name).toBe('idle')
    },
  )

  it('Y16: is asked for by the person also where it is off', async () => {
    const { updates, source } = setUp({ automatic: false })
    await updates.check()
    expect(source.done).toEqual(['check'])
    expect(updates.state.step).toEqual({ name: 'current' })
  })

  it('downloads what it finds and says how far that is', async () => {
    const { updates, source, steps } = setUp()
    source.next = '0.2.0'
    await Promise.all([updates.check(), updates.check()])
    source.progress(0.5)
    expect(updates.state.step).toEqual({ name: 'downloading', version: '0.2.0', done: 0.5 })
    await updates.check()
    source.finish()
    await settled()
    await updates.check()
    expect(updates.state.step).toEqual({ name: 'ready', version: '0.2.0' })
    expect(source.done).toEqual(['check', 'download'])
    expect(steps).toEqual(['checking', 'downloading', 'downloading', 'ready'])
  })

  it('says that it failed, and can be asked again', async () => {
    const { updates, source } = setUp()
    source.next = new Error('offline')
    await updates.check()
    expect(updates.state.step).toEqual({ name: 'failed' })
    source.next = '0.2.0'
    await updates.check()
    source.finish(new Error('cut'))
    await settled()
    expect(updates.state.step).toEqual({ name: 'failed' })
  })
})

describe('installing', () => {
  it('Y16: happens at the end of a restart that the person asked for', async () => {
    const { updates, source, counts, ready } = setUp()
    await ready()
    await updates.restart()
    expect(counts).toMatchObject({ asked: 1, quits: 1 })
    expect(source.done).not.toContain('install')
    await updates.installAtEnd()
    expect(source.done).toEqual(['check', 'download', 'install'])
  })

  it('Y16: never happens when the app quits for another reason', async () => {
    const { updates, source, ready } = setUp()
    await ready()
    await updates.installAtEnd()
    expect(source.done).not.toContain('install')
  })

  it('Y16: does not happen where people are connected and the person does not cut them off', async () => {
    const { updates, source, answers, counts, ready } = setUp()
    await ready()
    answers.mayRestart = false
    await updates.restart()
    await updates.installAtEnd()
    expect(counts).toMatchObject({ asked: 1, quits: 0 })
    expect(source.done).not.toContain('install')
    answers.mayRestart = true
    await updates.restart()
    expect(counts.quits).toBe(1)
  })

  it('Y8: that fails closes the way to quit without a question again', async () => {
    const { updates, source, counts, steps, ready } = setUp({ installsFirst: true })
    await ready()
    source.installError = new Error('the signature does not fit')
    await updates.restart()
    expect([counts.failedRestarts, steps.at(-1)]).toEqual([1, 'failed'])
    source.installError = undefined
    await ready()
    await updates.restart()
    expect(counts.failedRestarts).toBe(1)
    source.failInstall(new Error('the system refuses it'))
    expect([counts.failedRestarts, steps.at(-1)]).toEqual([2, 'failed'])
  })

  it('happens before quitting where the system wants it so', async () => {
    const { updates, source, counts, ready } = setUp({ installsFirst: true })
    await ready()
    await updates.restart()
    await updates.installAtEnd()
    expect(source.done).toEqual(['check', 'download', 'install'])
    expect(counts.quits).toBe(0)
  })

  it('does nothing where nothing is ready', async () => {
    const { updates, source, counts } = setUp()
    await updates.restart()
    expect([source.done, counts.quits]).toEqual([[], 0])
  })
})
