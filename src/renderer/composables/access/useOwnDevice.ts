import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import type { AccessClient } from '../../../client/access'
import { codeOf } from '../../app/codeOf'
import { useServices } from '../../app/services'
import { inviteLinkOf, type InviteLink } from './inviteLink'

export interface OwnDevice {
  readonly link: ComputedRef<InviteLink | undefined>
  readonly isBusy: Ref<boolean>
  readonly problem: Ref<string | undefined>
  /** Makes a code for one more device of this person. */
  make(): Promise<void>
}

/** Time in which the other device has to come, milliseconds: an hour. It lies on the same desk. */
const LIFETIME_MS = 3_600_000

/** Coming in with one's own other device, as the same person. Everybody may. */
export function useOwnDevice(access: AccessClient, plain: Readonly<Ref<boolean>>): OwnDevice {
  const { clock } = useServices()
  const token = shallowRef<string>()
  const isBusy = ref(false)
  const problem = ref<string>()

  return {
    link: computed(() => (token.value === undefined ? undefined : inviteLinkOf(token.value, plain.value))),
    isBusy,
    problem,
    async make() {
      if (isBusy.value) return
      isBusy.value = true
      problem.value = undefined
      try {
        const created = await access.createInvite({
          role: access.role.value ?? 'viewer',
          expiresAt: clock.now() + LIFETIME_MS,
          maxUses: 1,
          ownDevice: true,
        })
        token.value = created.token
      } catch (error) {
        problem.value = codeOf(error)
      } finally {
        isBusy.value = false
      }
    },
  }
}
