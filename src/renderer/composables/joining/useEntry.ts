import { computed, watch, type ComputedRef, type Ref } from 'vue'
import type { MessageKey } from '../../i18n/messages'
import { useNotices } from '../../app/notices'
import { useSay } from '../../i18n'
import type { Connection } from '../useConnection'
import type { Pages } from '../usePages'

/** What a person sees in place of a room that they are not in. */
export interface Entry {
  readonly state: 'waiting' | 'refused'
  readonly title: string
  readonly text: string
  /** Label of the button that tries once more; undefined where that is of no use. */
  readonly retryLabel: string | undefined
  /** True where somebody may stand in between: then the fingerprint is shown to compare. */
  readonly isMismatch: boolean
}

/** Refusals after which the same way may be open a moment later. */
const PASSING: ReadonlySet<string> = new Set([
  'room-full',
  'room-closed',
  'room-unknown',
  'not-admitted',
  'not-answered',
  'login-failed',
  'protocol-unsupported',
])

/** Refusals of people who had asked to be let in. */
const ASKED: ReadonlySet<string> = new Set(['not-admitted', 'not-answered'])

/** Titles of refusals; the others have a general one. */
const TITLES: Readonly<Record<string, MessageKey>> = {
  'certificate-mismatch': 'joining.refusedCertificate',
  'invite-needed': 'joining.refusedNeedsInvite',
  'invite-invalid': 'joining.refusedInvite',
  'invite-expired': 'joining.refusedInvite',
  'invite-used-up': 'joining.refusedInvite',
  'invite-revoked': 'joining.refusedInvite',
  'not-admitted': 'joining.refusedByOwner',
  'not-answered': 'joining.notAnswered',
  banned: 'joining.refusedByOwner',
  removed: 'joining.refusedByOwner',
}

/** The way into a room, as long as it has not led there. Undefined where pages are there to be seen. */
export function useEntry(
  roomTitle: Readonly<Ref<string>>,
  connection: Connection,
  pages: Pages,
): ComputedRef<Entry | undefined> {
  const notices = useNotices()
  const say = useSay()

  const entry = computed((): Entry | undefined => {
    const status = connection.status.value
    // Pages that this device keeps can be read whatever the host says; a notice above them tells.
    if (pages.isLoaded.value && status.state !== 'waiting') return undefined
    if (status.state === 'waiting') {
      return {
        state: 'waiting',
        title: say.t('joining.waitingTitle', { title: roomTitle.value }),
        text: say.t('joining.waitingText'),
        retryLabel: undefined,
        isMismatch: false,
      }
    }
    if (status.state !== 'refused') return undefined
    const { code } = status
    const again = ASKED.has(code) ? 'joining.askAgain' : 'joining.tryAgain'
    return {
      state: 'refused',
      title: say.t(TITLES[code] ?? 'joining.refusedOther'),
      text: say.error(code),
      retryLabel: PASSING.has(code) ? say.t(again) : undefined,
      isMismatch: code === 'certificate-mismatch',
    }
  })

  watch(
    () => entry.value?.state,
    (state) => {
      if (state === 'waiting' && entry.value !== undefined) {
        notices.announce(`${entry.value.title}. ${entry.value.text}`)
      }
    },
  )
  return entry
}
