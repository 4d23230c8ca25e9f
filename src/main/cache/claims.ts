import type { Claim } from './sqliteReplicaStore'

/**
 * Who has which replica open. Kept in memory alone: the database is open in this process only, so a claim dies with
 * the process that made it, and what an earlier one held is free at the start.
 */
export class Claims {
  readonly #owners = new Map<string, { readonly ownerId: string }>()

  isFree(replicaId: string): boolean {
    return !this.#owners.has(replicaId)
  }

  claim(replicaId: string, ownerId: string): Claim {
    const token = { ownerId }
    this.#owners.set(replicaId, token)
    const holds = (): boolean => this.#owners.get(replicaId) === token
    return {
      holds,
      end: () => {
        if (holds()) this.#owners.delete(replicaId)
      },
    }
  }

  /** Ends the claim of a replica that is deleted, whoever holds it. */
  forget(replicaId: string): void {
    this.#owners.delete(replicaId)
  }

  /** Ends all claims of an owner that is gone. */
  endOwner(ownerId: string): void {
    for (const [replicaId, token] of this.#owners) {
      if (token.ownerId === ownerId) this.#owners.delete(replicaId)
    }
  }
}
