import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { CACHE_DATABASE } from '../../../src/renderer/platform/web/cache/cacheDatabase'
import { openWebCache } from '../../../src/renderer/platform/web/cache/openWebCache'
import { ROLL_CALL_CHANNEL, type TabChannel } from '../../../src/renderer/platform/web/cache/rollCall'
import type { CacheError, ReplicaCache } from '../../../src/shared/cache/replicaCache'
import type { Clock } from '../../../src/shared/clock'

interface Timer {
  readonly tab: string
  readonly at: number
  readonly task: () => void
}

/** Time that all tabs share, stepped by hand; each tab's own timers can be stopped. */
export class BrowserTime {
  now = 1_000_000
  readonly #timers = new Set<Timer>()
  readonly #frozen = new Set<string>()

  clockOf(tab: string): Clock {
    return {
      now: () => this.now,
      after: (ms, task) => {
        const timer = { tab, at: this.now + ms, task }
        this.#timers.add(timer)
        return () => this.#timers.delete(timer)
      },
    }
  }

  freeze(tab: string): void {
    this.#frozen.add(tab)
  }

  thaw(tab: string): void {
    this.#frozen.delete(tab)
  }

  advance(ms: number): void {
    const end = this.now + ms
    for (let due = this.#nextDue(end); due !== undefined; due = this.#nextDue(end)) {
      this.#timers.delete(due)
      this.now = Math.max(this.now, due.at)
      due.task()
    }
    this.now = end
  }

  #nextDue(end: number): Timer | undefined {
    const due = [...this.#timers].filter(({ tab, at }) => at <= end && !this.#frozen.has(tab))
    return due.sort((a, b) => a.at - b.at)[0]
  }
}

/** One browser profile: an IndexedDB, and tabs on it. */
export class Browser {
  readonly time = new BrowserTime()
  readonly reports: CacheError[] = []
  readonly #tabs: { cache: ReplicaCache; page: EventTarget }[] = []
  readonly #deaf = new Set<string>()
  #ids = 0

  constructor(readonly maxAssetBytes?: number) {}

  async openTab(tab: string): Promise<{ cache: ReplicaCache; page: EventTarget }> {
    const page = new EventTarget()
    const opened = await openWebCache({
      clock: this.time.clockOf(tab),
      newId: () => `id-${(this.#ids += 1)}`,
      page,
      openChannel: () => this.#openChannel(tab),
      report: (error) => this.reports.push(error),
      ...(this.maxAssetBytes !== undefined && { maxAssetBytes: this.maxAssetBytes }),
    })
    if (!opened.kept) throw opened.reason
    this.#tabs.push({ cache: opened.cache, page })
    return { cache: opened.cache, page }
  }

  /** The tab runs no more code: it was killed, or frozen and does not know. Its lease is still there. */
  stopTab(tab: string): void {
    this.time.freeze(tab)
    this.#deaf.add(tab)
  }

  /** A stopped tab goes on as if nothing had been. */
  resumeTab(tab: string): void {
    this.time.thaw(tab)
    this.#deaf.delete(tab)
  }

  #openChannel(tab: string): TabChannel {
    const channel = new BroadcastChannel(ROLL_CALL_CHANNEL)
    channel.addEventListener('message', (event) => {
      if (this.#deaf.has(tab)) event.stopImmediatePropagation()
    })
    return channel
  }

  /** Lets time pass until the promise is settled. */
  async passUntil<T>(promise: Promise<T>): Promise<T> {
    let settled = false
    const end = (): void => void (settled = true)
    promise.then(end, end)
    while (!settled) {
      this.time.advance(50)
      await new Promise((resolve) => setImmediate(resolve))
    }
    return promise
  }

  async remove(): Promise<void> {
    for (const { cache } of this.#tabs) await cache.close()
    await deleteDB(CACHE_DATABASE)
  }
}
