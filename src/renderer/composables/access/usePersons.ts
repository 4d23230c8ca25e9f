import { computed, type ComputedRef } from 'vue'
import type { RoomClient } from '../../../client/api'
import type { GivenRole, Member } from '../../../shared/access/roomAccess'
import type { Role } from '../../../shared/protocol/values'
import { useServices } from '../../app/services'
import { useSay } from '../../i18n'
import { describeDay } from '../describeDay'
import { useObservable } from '../useObservable'
import type { ShownPerson } from '../usePeople'

/** Somebody who may enter the room, here or away, or who may not any more. */
export interface KnownPerson {
  readonly personId: string
  readonly name: string
  readonly colour: number
  readonly role: Role
  readonly isSelf: boolean
  readonly isHere: boolean
  /** "2 windows", "last here yesterday": what there is to say beside the name. */
  readonly about: string
  /** Role on the page on the screen, where it differs from that in the room. */
  readonly pageRole: GivenRole | undefined
}

export interface Persons {
  readonly here: ComputedRef<readonly KnownPerson[]>
  readonly away: ComputedRef<readonly KnownPerson[]>
  readonly banned: ComputedRef<readonly KnownPerson[]>
  /** True where this person decides about others. */
  readonly canDecide: ComputedRef<boolean>
  setRole(person: KnownPerson, role: GivenRole): void
  /** `undefined`: on the page on the screen as in the room. */
  setPageRole(person: KnownPerson, role: GivenRole | undefined): void
  remove(person: KnownPerson, ban: boolean): void
  unban(person: KnownPerson): void
}

/** Everybody a room knows, by person: what is decided counts for all of somebody's devices. */
export function usePersons(
  client: RoomClient,
  people: ComputedRef<readonly ShownPerson[]>,
  pageId: () => string | undefined,
): Persons {
  const { clock } = useServices()
  const say = useSay()
  const { access } = client
  const state = useObservable(access.state)

  const members = computed(() => state.value?.members ?? [])
  const deviceOf = (personId: string): Member | undefined =>
    members.value.find((member) => member.personId === personId)

  /** Whom one device names, all devices of that person are meant: the server sees to it. */
  function decide(person: KnownPerson, tell: (deviceId: string) => void): void {
    const device = deviceOf(person.personId)
    if (device !== undefined) tell(device.deviceId)
  }

  const here = computed(() =>
    people.value.map((person): KnownPerson => {
      const device = deviceOf(person.personId)
      const windows = person.sessionIds.length
      return {
        personId: person.personId,
        name: person.name,
        colour: person.colour,
        role: device?.role ?? person.role,
        isSelf: person.isSelf,
        isHere: true,
        about: windows > 1 ? say.count('people.windows', windows) : '',
        pageRole: pageRoleOf(device),
      }
    }),
  )
  const absent = computed(() => {
    const present = new Set(people.value.map(({ personId }) => personId))
    const newest = new Map<string, Member>()
    for (const member of [...members.value].sort((a, b) => a.lastSeen - b.lastSeen)) {
      if (!present.has(member.personId)) newest.set(member.personId, member)
    }
    return [...newest.values()].sort((a, b) => b.lastSeen - a.lastSeen)
  })

  function pageRoleOf(member: Member | undefined): GivenRole | undefined {
    const id = pageId()
    return id === undefined ? undefined : member?.pageRoles[id]
  }

  function awayPerson(member: Member): KnownPerson {
    const when = describeDay(member.lastSeen, clock.now(), say.locale.value)
    return {
      personId: member.personId,
      name: member.name,
      colour: member.colour,
      role: member.role,
      isSelf: false,
      isHere: false,
      about: say.t('people.lastHere', { when }),
      pageRole: pageRoleOf(member),
    }
  }

  return {
    here,
    away: computed(() => absent.value.filter(({ banned }) => !banned).map(awayPerson)),
    banned: computed(() => absent.value.filter(({ banned }) => banned).map(awayPerson)),
    canDecide: computed(() => state.value !== undefined),
    setRole: (person, role) => decide(person, (deviceId) => access.setRole(deviceId, role)),
    setPageRole: (person, role) =>
      decide(person, (deviceId) => {
        const id = pageId()
        if (id !== undefined) access.setPageRole(deviceId, id, role ?? null)
      }),
    remove: (person, ban) => decide(person, (deviceId) => access.remove(deviceId, ban)),
    unban: (person) => decide(person, (deviceId) => access.unban(deviceId)),
  }
}
