import { computed, onMounted, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import type { AccessClient } from '../../../client/access'
import type { RoomPolicy } from '../../../shared/access/roomAccess'
import { codeOf } from '../../app/codeOf'
import { useServices } from '../../app/services'
import type { HostingStatus } from '../../platform/platform'
import { useObservable } from '../useObservable'

export interface RoomPolicyForm {
  readonly policy: ComputedRef<RoomPolicy | undefined>
  change(part: Partial<RoomPolicy>): void
  /** Set where this installation hosts the room. */
  readonly hosting: Readonly<Ref<HostingStatus | undefined>>
  /** Whether others in the network find the room by themselves. */
  readonly listed: Readonly<Ref<boolean>>
  readonly problem: Readonly<Ref<string | undefined>>
  setListed(on: boolean): Promise<void>
  setPlainBrowsers(on: boolean): Promise<void>
}

/** Who may come in, and by which ways, for the owner. Everything applies at once. */
export function useRoomPolicy(access: AccessClient, hostedRoomId: string | undefined): RoomPolicyForm {
  const { platform } = useServices()
  const state = useObservable(access.state)
  const hosting = shallowRef<HostingStatus>()
  const listed = ref(false)
  const problem = ref<string>()
  const host = hostedRoomId === undefined ? undefined : platform.hosting

  async function refresh(): Promise<void> {
    if (host === undefined) return
    const [status, rooms] = await Promise.all([host.status(), host.list()])
    hosting.value = status
    listed.value = rooms.find(({ roomId }) => roomId === hostedRoomId)?.listed ?? false
  }

  async function attempt(task: () => Promise<void>): Promise<void> {
    problem.value = undefined
    try {
      await task()
      await refresh()
    } catch (error) {
      problem.value = codeOf(error)
    }
  }

  onMounted(() => attempt(() => Promise.resolve()))

  return {
    policy: computed(() => state.value?.policy),
    change(part) {
      const policy = state.value?.policy
      if (policy !== undefined) access.setPolicy({ ...policy, ...part })
    },
    hosting,
    listed,
    problem,
    setListed: (on) =>
      attempt(async () => {
        if (hostedRoomId !== undefined) await host?.setListed(hostedRoomId, on)
      }),
    setPlainBrowsers: (on) => attempt(async () => host?.setPlainBrowsers(on)),
  }
}
