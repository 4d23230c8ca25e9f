import { computed, type ComputedRef } from 'vue'
import type { RoomClient } from '../../client/api'
import type { Person } from '../../shared/protocol/values'
import { useObservable } from './useObservable'

/** Somebody in the room: all windows of all their devices together. */
export interface ShownPerson {
  readonly personId: string
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
  return computed(() => groupByPerson(people.value, ownSession.value))
}

/** Sessions of one person are one entry: named and coloured as the newest session says. */
export function groupByPerson(
  people: readonly Person[],
  ownSession: string | undefined,
): readonly ShownPerson[] {
  const byPerson = new Map<string, ShownPerson>()
  for (const person of people) {
    const known = byPerson.get(person.personId)
    byPerson.set(person.personId, {
      personId: person.personId,
      sessionIds: [...(known?.sessionIds ?? []), person.sessionId],
      name: person.name,
      colour: person.colour,
      role: person.role,
      isSelf: known?.isSelf === true || person.sessionId === ownSession,
    })
  }
  return [...byPerson.values()].sort((a, b) => Number(b.isSelf) - Number(a.isSelf))
}
