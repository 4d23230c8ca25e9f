import { READS_ONLY, type Roles } from '../../shared/access/roles'
import type { RoomPolicy } from '../../shared/access/roomAccess'
import type { Environment } from '../core/environment'
import { applyChange, tableOf, type AccessTable } from '../storage/accessTable'
import type { AccessChange, StoredAccess, StoredMember } from '../storage/storedAccess'
import { put } from './ownerActions'

type Tools = Pick<Environment, 'store' | 'clock' | 'defaultPolicy'>

/** Who is a member of a loaded room, and by what they come in: in memory as it is in the store. */
export class AccessBook {
  readonly table: AccessTable
  readonly #roomId: string
  readonly #tools: Tools
  /** Members of which the store does not have when they were here last, and as whom: told with the next change. */
  readonly #unsaved = new Set<string>()

  constructor(roomId: string, stored: StoredAccess, tools: Tools) {
    this.#roomId = roomId
    this.#tools = tools
    this.table = tableOf(stored)
  }

  get policy(): RoomPolicy {
    return this.table.policy ?? this.#tools.defaultPolicy
  }

  member(deviceId: string): StoredMember | undefined {
    return this.table.members.get(deviceId)
  }

  /** What a device may do; a device that is no member, nothing but read. */
  rolesOf(deviceId: string): Roles {
    const member = this.member(deviceId)
    return member === undefined || member.banned ? READS_ONLY : member
  }

  isOwner(deviceId: string): boolean {
    return this.rolesOf(deviceId).role === 'owner'
  }

  /** Notes that a device is here, and how its person is called now. */
  saw(deviceId: string, { name, colour }: Pick<StoredMember, 'name' | 'colour'>): void {
    const member = this.member(deviceId)
    if (member === undefined) return
    this.table.members.set(deviceId, { ...member, name, colour, lastSeen: this.#tools.clock.now() })
    this.#unsaved.add(deviceId)
  }

  /** Stores changes in one transaction; only then they count. Throws StoreError. */
  async change(changes: readonly AccessChange[]): Promise<void> {
    const noted = [...this.#unsaved].flatMap((deviceId) => this.member(deviceId) ?? [])
    if (noted.length + changes.length === 0) return
    this.#unsaved.clear()
    try {
      await this.#tools.store.changeAccess(this.#roomId, [...noted.map(put), ...changes])
    } catch (error) {
      for (const { deviceId } of noted) this.#unsaved.add(deviceId)
      throw error
    }
    for (const change of changes) applyChange(this.table, this.#withNews(change))
  }

  /** What was seen of a member while the change was stored is newer than what the change says of it. */
  #withNews(change: AccessChange): AccessChange {
    if (change.change !== 'putMember' || !this.#unsaved.has(change.member.deviceId)) return change
    const { name, colour, lastSeen } = this.member(change.member.deviceId) ?? change.member
    return put({ ...change.member, name, colour, lastSeen })
  }
}
