import { computed, ref, watch, type ComputedRef } from 'vue'
import type { RoomClient } from '../../client/api'
import type { ConnectionStatus } from '../../client/status'
import { useNotices } from '../app/notices'
import { useServices } from '../app/services'
import { useSay } from '../i18n'
import { useNow } from './useNow'
import { useObservable } from './useObservable'

/** Attempts that fail one after the other before the app offers to look why. */
const STUCK_ATTEMPTS = 3

export type StatusTone = 'good' | 'waiting' | 'offline' | 'stopped'

export interface Connection {
  readonly status: Readonly<{ value: ConnectionStatus }>
  readonly tone: ComputedRef<StatusTone>
  /** The status in words. */
  readonly text: ComputedRef<string>
  /** The same in a word or two, for narrow screens. */
  readonly shortText: ComputedRef<string>
  /** Label of the button that connects at once; undefined where that makes no sense. */
  readonly retryLabel: ComputedRef<string | undefined>
  /** True where the host has not answered for so long that something seems to be wrong. */
  readonly isStuck: ComputedRef<boolean>
  /** Why the connection has ended for good, in a sentence that says what to do. */
  readonly ended: ComputedRef<string | undefined>
}

/** A room's connection in words. Changes are announced to screen readers. */
export function useConnection(client: RoomClient, isOwnRoom: boolean): Connection {
  const { clock } = useServices()
  const notices = useNotices()
  const say = useSay()
  const status = useObservable(client.status)
  const unsent = useObservable(client.unsent)
  const now = useNow(clock, () => status.value.state === 'reconnecting')

  const seconds = computed(() =>
    status.value.state === 'reconnecting'
      ? Math.max(0, Math.ceil((status.value.retryAt - now.value) / 1000))
      : 0,
  )

  const tone = computed<StatusTone>(() => {
    switch (status.value.state) {
      case 'connected':
        return 'good'
      case 'connecting':
      case 'waiting':
        return 'waiting'
      case 'reconnecting':
        return 'offline'
      case 'refused':
      case 'roomClosed':
      case 'left':
        return 'stopped'
    }
  })

  const text = computed(() => {
    const current = status.value
    switch (current.state) {
      case 'connecting':
        return say.t('status.connecting')
      case 'connected':
        return say.t('status.connected')
      case 'waiting':
        return say.t('status.waiting')
      case 'reconnecting':
        if (unsent.value > 0) return say.count('status.offline', unsent.value)
        if (seconds.value === 0) return say.t('status.reconnectingNow')
        return say.t('status.reconnecting', { seconds: seconds.value })
      case 'refused':
        return say.t('status.refused')
      case 'roomClosed':
        return say.t('status.roomClosed')
      case 'left':
        return say.t('status.left')
    }
  })

  const shortText = computed(() => (tone.value === 'offline' ? say.t('status.shortOffline') : text.value))

  const retryLabel = computed(() => {
    if (status.value.state !== 'reconnecting') return undefined
    const withCountdown = unsent.value > 0 && seconds.value > 0
    return withCountdown ? say.t('status.tryNowIn', { seconds: seconds.value }) : say.t('status.tryNow')
  })

  const ended = computed(() => {
    const current = status.value
    if (current.state === 'refused') return say.t('status.refusedReason', { reason: say.error(current.code) })
    if (current.state !== 'roomClosed') return undefined
    return say.t(isOwnRoom ? 'status.roomClosedOwnText' : 'status.roomClosedText')
  })

  // Stays while the next attempt runs: the notice must not come and go with each of them.
  const failures = ref(0)
  watch(
    status,
    (current) => {
      if (current.state === 'reconnecting') failures.value = current.attempt
      else if (current.state !== 'connecting') failures.value = 0
    },
    { immediate: true },
  )
  const isStuck = computed(() => failures.value >= STUCK_ATTEMPTS)

  // Also at first: the server may answer before the screen of the room has been loaded.
  watch(
    tone,
    (current, before) => {
      if (current === 'good' && before === 'offline') notices.announce(say.t('status.nowConnected'))
      else if (current === 'offline') notices.announce(say.t('status.nowOffline'))
      else if (current === 'good') notices.announce(say.t('status.connected'))
      else if (ended.value !== undefined) notices.announce(ended.value)
    },
    { immediate: true },
  )

  return { status, tone, text, shortText, retryLabel, isStuck, ended }
}
