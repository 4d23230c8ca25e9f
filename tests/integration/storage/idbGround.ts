import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { CACHE_DATABASE } from '../../../src/renderer/platform/web/cache/cacheDatabase'
import { openWebCache } from '../../../src/renderer/platform/web/cache/openWebCache'
import { LEASE_MS } from '../../../src/renderer/platform/web/cache/ownerLease'
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
  #ids = 0

  async openTab(tab: string): Promise<{ cache: ReplicaCache; page: EventTarget }> {
    const page = new EventTarget()
    const opened = await openWebCache({
      clock: this.time.clockOf(tab),
      newId: () => `id-${(this.#ids += 1)}`,
      page,
      report: (error) => this.reports.push(error),
    })
    if (!opened.kept) throw opened.reason
    this.#tabs.push({ cache: opened.cache, page })
    return { cache: opened.cache, page }
  }

  /** The tab runs no more code, long enough for its lease to end; the others go on. */
  freezeTab(tab: string): void {
    this.time.freeze(tab)
    this.time.advance(2 * LEASE_MS)
  }

  async remove(): Promise<void> {
    for (const { cache } of this.#tabs) await cache.close()
    await deleteDB(CACHE_DATABASE)
  }
}
