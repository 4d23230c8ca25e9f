import { computed, type ComputedRef } from 'vue'
import type { RoomClient } from '../../client/api'
import type { Person } from '../../shared/protocol/values'
import { useObservable } from './useObservable'

/** Somebody in the room: all windows of one device together. */
export interface ShownPerson {
  readonly deviceId: string
  readonly sessionIds: readonly string[]
  readonly name: string
  readonly colour: number
  readonly role: Person['role']
  readonly isSelf: boolean
}

/** Who is in the room, oneself first. */
export function usePeople(client: RoomClient): ComputedRef<readonly ShownPerson[]> {
  const people = useObservable(client.people)
  const ownSession = useObservable(client.sessionId)
  return computed(() => groupByDevice(people.value, ownSession.value))
}

/** Sessions of one device are one person: named and coloured as its newest session says. */
export function groupByDevice(
  people: readonly Person[],
  ownSession: string | undefined,
): readonly ShownPerson[] {
  const byDevice = new Map<string, ShownPerson>()
  for (const person of people) {
    const known = byDevice.get(person.deviceId)
    byDevice.set(person.deviceId, {
      deviceId: person.deviceId,
      sessionIds: [...(known?.sessionIds ?? []), person.sessionId],
      name: person.name,
      colour: person.colour,
      role: person.role,
      isSelf: known?.isSelf === true || person.sessionId === ownSession,
    })
  }
  return [...byDevice.values()].sort((a, b) => Number(b.isSelf) - Number(a.isSelf))
}
