/** A replica on a {@link MemoryDisk}. JSON texts, so that nothing is shared with who wrote them. */
export interface MemoryReplica {
  readonly replicaId: string
  readonly roomId: string
  readonly pageId: string
  readonly checkpoint: string | undefined
  /** Entries since the checkpoint. */
  readonly journal: readonly string[]
  /** `updates` entries from before the checkpoint. */
  readonly log: readonly string[]
}

/** A picture on a {@link MemoryDisk}. Its bytes are never modified. */
export interface MemoryAsset {
  readonly bytes: Uint8Array
  /** Rooms that have it, each with whether it is still to be sent. */
  readonly rooms: ReadonlyMap<string, boolean>
  /** Milliseconds since 1970. */
  readonly usedAt: number
}

/** Everything on a disk at one moment. Its parts are never modified, so keeping one costs nothing. */
export interface MemoryDiskImage {
  readonly replicas: ReadonlyMap<string, MemoryReplica>
  readonly rooms: ReadonlyMap<string, string>
  readonly drafts: ReadonlyMap<string, string>
  readonly assets: ReadonlyMap<string, MemoryAsset>
}

/** One owner's hold on one replica, compared by identity. */
export interface MemoryClaim {
  readonly ownerId: string
}

/**
 * What outlives a MemoryReplicaCache, as a file outlives a process. Several caches (windows, tabs, later runs)
 * share one disk. Claims belong to the running system, not to the image: a restored profile has none.
 */
export class MemoryDisk {
  readonly #claims = new Map<string, MemoryClaim>()
  #image: MemoryDiskImage = {
    replicas: new Map(),
    rooms: new Map(),
    drafts: new Map(),
    assets: new Map(),
  }
  #created = 0

  get image(): MemoryDiskImage {
    return this.#image
  }

  /** Puts an older image in place: a profile restored from a backup. All claims end. */
  restore(image: MemoryDiskImage): void {
    this.#image = image
    this.#claims.clear()
  }

  /** One transaction. */
  write(change: Partial<MemoryDiskImage>): void {
    this.#image = { ...this.#image, ...change }
  }

  /** Numbers go on over a restore, so that ids never come back. */
  newReplicaId(): string {
    this.#created += 1
    return `replica-${this.#created}`
  }

  isClaimed(replicaId: string): boolean {
    return this.#claims.has(replicaId)
  }

  claim(replicaId: string, ownerId: string): MemoryClaim {
    const claim = { ownerId }
    this.#claims.set(replicaId, claim)
    return claim
  }

  holds(replicaId: string, claim: MemoryClaim): boolean {
    return this.#claims.get(replicaId) === claim && this.#image.replicas.has(replicaId)
  }

  release(replicaId: string, claim: MemoryClaim): void {
    if (this.#claims.get(replicaId) === claim) this.#claims.delete(replicaId)
  }

  /** The owner is dead, or so long silent that its leases ran out: others may take what it held. */
  voidClaims(ownerId: string): void {
    for (const [replicaId, claim] of this.#claims) {
      if (claim.ownerId === ownerId) this.#claims.delete(replicaId)
    }
  }
}
