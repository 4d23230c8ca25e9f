import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { AccessClient, CreatedInvite } from '../../../client/access'
import type { Invite } from '../../../shared/access/roomAccess'
import type { Role } from '../../../shared/protocol/values'
import { codeOf } from '../../app/codeOf'
import { useServices } from '../../app/services'
import { useSay } from '../../i18n'
import { useNow } from '../useNow'
import { useObservable } from '../useObservable'
import { inviteLinkOf, type InviteLink } from './inviteLink'
import { expiryOf, maxUsesOf, type Lifetime, type Uses } from './inviteWish'

/** An invite in the list. */
export interface ShownInvite {
  readonly inviteId: string
  /** "Can write", or whose other device comes by it. */
  readonly title: string
  /** "used by 2 of 5". */
  readonly uses: string
  /** "until today, 18:00". */
  readonly ends: string
  /** False where it has expired or is used up. */
  readonly isUsable: boolean
  readonly isShown: boolean
}

export interface Invites {
  /** Newest first. */
  readonly list: ComputedRef<readonly ShownInvite[]>
  /** The invite whose code is on the screen. */
  readonly shown: ComputedRef<(InviteLink & { readonly invite: ShownInvite | undefined }) | undefined>
  readonly role: Ref<Role>
  readonly lifetime: Ref<Lifetime>
  readonly uses: Ref<Uses>
  readonly isBusy: Ref<boolean>
  /** Error code of what did not work. */
  readonly problem: Ref<string | undefined>
  /** Shows an invite that can still be used; makes one where there is none. */
  start(): Promise<void>
  /** Makes an invite as wished and shows it. */
  make(): Promise<void>
  show(inviteId: string): Promise<void>
  revoke(inviteId: string): void
}

/** The invites of a room, for its owner. `plain`: browsers come in without encryption. */
export function useInvites(access: AccessClient, plain: Readonly<Ref<boolean>>): Invites {
  const { clock } = useServices()
  const say = useSay()
  const state = useObservable(access.state)
  // What expires goes from the list while it is looked at.
  const now = useNow(clock, () => true)
  const role = ref<Role>('editor')
  const lifetime = ref<Lifetime>('week')
  const uses = ref<Uses>('any')
  const isBusy = ref(false)
  const problem = ref<string>()
  const current = shallowRef<CreatedInvite>()

  const known = computed(() => state.value?.invites ?? [])
  const isUsable = (invite: Invite): boolean =>
    (invite.expiresAt === null || invite.expiresAt > now.value) &&
    (invite.maxUses === null || invite.uses < invite.maxUses)

  const newestFirst = computed(() => [...known.value].sort((a, b) => b.createdAt - a.createdAt))

  const list = computed(() =>
    newestFirst.value.map((invite) => ({
      inviteId: invite.inviteId,
      title:
        invite.ownDevice === true
          ? say.t('invite.deviceOf', { name: invite.createdBy })
          : say.t(`role.${invite.role}`),
      uses: describeUses(invite),
      ends: describeExpiry(invite),
      isUsable: isUsable(invite),
      isShown: invite.inviteId === current.value?.invite.inviteId,
    })),
  )

  const shown = computed(() => {
    const created = current.value
    const link = created === undefined ? undefined : inviteLinkOf(created.token, plain.value)
    return link === undefined ? undefined : { ...link, invite: list.value.find(({ isShown }) => isShown) }
  })

  function describeUses({ uses: count, maxUses }: Invite): string {
    if (maxUses === null) return say.count('invite.usedBy', count)
    return say.t('invite.usedOf', { uses: count, max: maxUses })
  }

  function describeExpiry({ expiresAt }: Invite): string {
    if (expiresAt === null) return say.t('invite.noExpiry')
    if (expiresAt <= now.value) return say.t('invite.expired')
    return say.t('invite.until', { when: describeMoment(expiresAt, now.value, say.locale.value) })
  }

  // An owner is one person, as a rule; whoever wants more of them says so afterwards.
  watch(role, (next, before) => {
    if (next === 'owner') uses.value = '1'
    else if (before === 'owner') uses.value = 'any'
  })

  let isGone = false
  onScopeDispose(() => {
    isGone = true
  })

  async function attempt(task: () => Promise<CreatedInvite | undefined>): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    problem.value = undefined
    try {
      const created = await task()
      if (!isGone && created !== undefined) current.value = created
    } catch (error) {
      problem.value = codeOf(error)
    } finally {
      isBusy.value = false
    }
  }

  const create = (forRole: Role, forUses: Uses): Promise<CreatedInvite> =>
    access.createInvite({
      role: forRole,
      expiresAt: expiryOf(lifetime.value, clock.now()),
      maxUses: maxUsesOf(forUses),
    })

  const make = (): Promise<void> =>
    attempt(async () => {
      const created = await create(role.value, uses.value)
      // Each owner is a choice of its own.
      if (role.value === 'owner') role.value = 'editor'
      return created
    })

  const show = (inviteId: string): Promise<void> =>
    attempt(async () => {
      const invite = known.value.find((each) => each.inviteId === inviteId)
      return invite === undefined ? undefined : { invite, token: await access.tokenOf(inviteId) }
    })

  // A code that was taken back, here or by another owner, must not stay on the screen. Without a connection nothing is
  // known of it.
  watch(state, (told) => {
    const id = current.value?.invite.inviteId
    if (told !== undefined && !isBusy.value && !told.invites.some(({ inviteId }) => inviteId === id)) {
      current.value = undefined
    }
  })

  return {
    list,
    shown,
    role,
    lifetime,
    uses,
    isBusy,
    problem,
    make,
    show,
    start() {
      // Never by itself one that makes an owner or brings somebody's own device: those are for one, on purpose.
      const ready = newestFirst.value.find(
        (invite) => isUsable(invite) && invite.role !== 'owner' && invite.ownDevice !== true,
      )
      return ready === undefined ? attempt(() => create('editor', 'any')) : show(ready.inviteId)
    },
    revoke: (inviteId) => access.revokeInvite(inviteId),
  }
}

const DAY_MS = 86_400_000

/** A moment to come as people say it: "today, 18:00"; from the day after tomorrow on with its date. */
export function describeMoment(time: number, now: number, locale: string): string {
  const hours = new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(time)
  const days = Math.round((new Date(time).setHours(0, 0, 0, 0) - new Date(now).setHours(0, 0, 0, 0)) / DAY_MS)
  const day =
    days <= 1
      ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
      : new Intl.DateTimeFormat(locale, { weekday: 'short', month: 'short', day: 'numeric' }).format(time)
  return new Intl.ListFormat(locale, { style: 'narrow', type: 'unit' }).format([day, hours])
}
