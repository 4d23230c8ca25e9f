import type { AssetSession } from './assetSession'

/** Pictures that sessions have asked for and the server does not have. */
export class SoughtAssets {
  readonly #seekers = new Map<string, Set<AssetSession>>()
  readonly #bySession = new Map<AssetSession, Set<string>>()
  readonly #maxPerSession: number

  constructor(maxPerSession: number) {
    this.#maxPerSession = maxPerSession
  }

  /** Remembers that a session seeks a picture. True where nobody did before, so that the others should be told. */
  add(session: AssetSession, assetId: string): boolean {
    const own = this.#bySession.get(session) ?? new Set()
    if (own.has(assetId) || own.size >= this.#maxPerSession) return false
    this.#bySession.set(session, own.add(assetId))
    const seekers = this.#seekers.get(assetId) ?? new Set()
    this.#seekers.set(assetId, seekers.add(session))
    return seekers.size === 1
  }

  /** What is sought now, at most so many. */
  list(limit: number): string[] {
    return [...this.#seekers.keys()].slice(0, limit)
  }

  /** The picture is there: who seeks it, for the last time. */
  take(assetId: string): AssetSession[] {
    const seekers = [...(this.#seekers.get(assetId) ?? [])]
    this.#seekers.delete(assetId)
    for (const session of seekers) this.#bySession.get(session)?.delete(assetId)
    return seekers
  }

  leave(session: AssetSession): void {
    for (const assetId of this.#bySession.get(session) ?? []) {
      const seekers = this.#seekers.get(assetId)
      seekers?.delete(session)
      if (seekers?.size === 0) this.#seekers.delete(assetId)
    }
    this.#bySession.delete(session)
  }
}
