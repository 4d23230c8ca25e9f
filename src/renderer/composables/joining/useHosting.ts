import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import { codeOf } from '../../app/codeOf'
import { useServices } from '../../app/services'
import { useSay } from '../../i18n'
import type { MessageKey } from '../../i18n/messages'
import type { HostingStatus, Reachability } from '../../platform/platform'

export interface ShownAddress {
  readonly origin: string
  /** "local network · answers". */
  readonly about: string
  /** True where others in the same network come by it and the server answers there. */
  readonly isGood: boolean
}

export interface HostingView {
  /** Set while this installation's room server runs. */
  readonly status: Readonly<Ref<HostingStatus | undefined>>
  /** "Open for others at 192.168.1.20:4660 · 2 connections". */
  readonly text: ComputedRef<string>
  readonly isOpen: Ref<boolean>
  readonly isChecking: Readonly<Ref<boolean>>
  readonly problem: Readonly<Ref<string | undefined>>
  readonly verdict: ComputedRef<{ readonly isGood: boolean; readonly text: string } | undefined>
  readonly addresses: ComputedRef<readonly ShownAddress[]>
  /** What to run so that the firewall lets others in, with a sentence before it. */
  readonly firewall: ComputedRef<{ readonly text: string; readonly commands: string } | undefined>
  /** Opens the check and runs it. */
  check(): Promise<void>
}

/** How long a status counts before it is asked for again, milliseconds. */
const REFRESH_MS = 3_000

const KINDS: Readonly<Record<Reachability['addresses'][number]['kind'], MessageKey>> = {
  local: 'hosting.kindLocal',
  public: 'hosting.kindPublic',
  tunnel: 'hosting.kindTunnel',
  shared: 'hosting.kindShared',
  inner: 'hosting.kindInner',
  'self-assigned': 'hosting.kindSelfAssigned',
}

const FIREWALL_TEXTS: Readonly<Record<Reachability['firewall']['system'], MessageKey>> = {
  windows: 'hosting.firewallWindows',
  macos: 'hosting.firewallMac',
  linux: 'hosting.firewallLinux',
  other: 'hosting.firewallOther',
}

/** How this installation's room server is reached. */
export function useHosting(): HostingView {
  const { platform, clock } = useServices()
  const say = useSay()
  const status = shallowRef<HostingStatus>()
  const reach = shallowRef<Reachability>()
  const isOpen = ref(false)
  const isChecking = ref(false)
  const problem = ref<string>()
  let cancel: (() => void) | undefined
  let isGone = false

  async function refresh(): Promise<void> {
    try {
      const next = await platform.hosting?.status()
      status.value = next?.port === null ? undefined : next
    } catch {
      // The list of rooms on the same screen says why hosting does not work.
      status.value = undefined
    }
    if (!isGone && platform.hosting !== undefined) cancel = clock.after(REFRESH_MS, () => void refresh())
  }
  void refresh()
  onScopeDispose(() => {
    isGone = true
    cancel?.()
  })

  const text = computed(() => {
    const now = status.value
    if (now === undefined) return ''
    const [address] = now.addresses
    if (address === undefined) return say.t('hosting.openNowhere')
    const place = say.t('hosting.openAt', { address: new URL(address).host })
    return `${place} · ${say.count('hosting.connections', now.connections)}`
  })

  const verdict = computed(() => {
    const found = reach.value
    if (found === undefined) return undefined
    const outward = found.addresses.filter(({ kind }) => kind !== 'inner')
    if (outward.every(({ kind }) => kind === 'self-assigned')) {
      return { isGood: false, text: say.t('hosting.openNowhere') }
    }
    if (!outward.some(({ answers }) => answers)) return { isGood: false, text: say.t('hosting.deaf') }
    return {
      isGood: found.reachedFromOutside,
      text: say.t(found.reachedFromOutside ? 'hosting.reached' : 'hosting.notYet'),
    }
  })

  const firewall = computed(() => {
    const found = reach.value
    if (found === undefined || found.reachedFromOutside) return undefined
    const { tool, system, commands } = found.firewall
    if (tool === 'none' && system !== 'other') return { text: say.t('hosting.firewallNone'), commands: '' }
    const values = { port: found.port ?? '' }
    return { text: say.t(FIREWALL_TEXTS[system], values), commands: commands.join('\n') }
  })

  return {
    status,
    text,
    isOpen,
    isChecking,
    problem,
    verdict,
    firewall,
    addresses: computed(() =>
      (reach.value?.addresses ?? []).map(({ origin, kind, answers }) => ({
        origin,
        about: `${say.t(KINDS[kind])} · ${say.t(answers ? 'hosting.answers' : 'hosting.silent')}`,
        isGood: answers && (kind === 'local' || kind === 'public'),
      })),
    ),
    async check() {
      isOpen.value = true
      if (isChecking.value) return
      isChecking.value = true
      problem.value = reach.value = undefined
      try {
        reach.value = await platform.hosting?.reachability()
      } catch (error) {
        problem.value = codeOf(error)
      } finally {
        isChecking.value = false
      }
    },
  }
}
