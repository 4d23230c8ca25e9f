import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import type { CheckCode, CheckedAddress, CheckStepName } from '../../../shared/ipc/network'
import { useNotices } from '../../app/notices'
import { useServices } from '../../app/services'
import { useSay } from '../../i18n'
import type { MessageKey } from '../../i18n/messages'
import type { ConnectionCheck } from '../../platform/platform'

export interface ShownStep {
  readonly name: string
  readonly result: 'ok' | 'failed' | 'skipped'
  /** "works", "does not work", with how long it took. */
  readonly outcome: string
  /** What to do about it, where there is something to do. */
  readonly advice: string | undefined
}

export interface ShownWay {
  /** "https://192.168.1.20:4660 (192.168.1.20)". */
  readonly title: string
  readonly steps: readonly ShownStep[]
}

export interface ConnectionCheckView {
  readonly isOpen: Ref<boolean>
  /** False where the platform cannot look: a page in a browser is not told why a connection failed. */
  readonly isPossible: boolean
  readonly isRunning: Ref<boolean>
  /** What to do, in a sentence or two; undefined while nothing is known. */
  readonly verdict: ComputedRef<{ readonly isGood: boolean; readonly text: string } | undefined>
  /** The way that came furthest, first. */
  readonly ways: ComputedRef<readonly ShownWay[]>
  /** Opens the check of a link and runs it. */
  open(link: string): void
  again(): Promise<void>
}

const STEP_NAMES: Readonly<Record<CheckStepName, MessageKey>> = {
  resolve: 'check.stepResolve',
  connect: 'check.stepConnect',
  tls: 'check.stepTls',
  fingerprint: 'check.stepFingerprint',
  protocol: 'check.stepProtocol',
  room: 'check.stepRoom',
}

const RESULTS = { ok: 'check.ok', failed: 'check.failedStep' } as const satisfies Record<string, MessageKey>

/** Finds out why a room cannot be joined, and says what to do. */
export function useConnectionCheck(): ConnectionCheckView {
  const { platform } = useServices()
  const notices = useNotices()
  const say = useSay()
  const isOpen = ref(false)
  const isRunning = ref(false)
  const check = shallowRef<ConnectionCheck | 'failed'>()
  let link = ''
  /** Counts the checks: an answer to anything but the latest is not wanted any more. */
  let latest = 0

  const advice = (code: CheckCode): string => say.t(`checkCodes.${code}` satisfies MessageKey)

  const verdict = computed(() => {
    if (check.value === undefined) return undefined
    if (check.value === 'failed') return { isGood: false, text: say.t('check.failed') }
    const { problem } = check.value
    return problem === null
      ? { isGood: true, text: say.t('check.allWell') }
      : { isGood: false, text: advice(problem.code) }
  })

  const ways = computed((): readonly ShownWay[] => {
    if (check.value === undefined || check.value === 'failed') return []
    const furthest = check.value.problem
    const first = ({ origin, address }: CheckedAddress): boolean =>
      origin === furthest?.origin && address === furthest.address
    return [...check.value.addresses].sort((a, b) => Number(first(b)) - Number(first(a))).map(wayOf)
  })

  function wayOf({ origin, address, steps }: CheckedAddress): ShownWay {
    const failedAt = steps.findIndex(({ result }) => result === 'failed')
    const isPlain = address === null || new URL(origin).hostname.replace(/^\[|\]$/g, '') === address
    return {
      title: isPlain ? origin : say.t('check.address', { origin, address }),
      steps: steps.map(({ step, result, code, ms }, index) => ({
        name: say.t(STEP_NAMES[step]),
        result,
        outcome: outcomeOf(result, ms, failedAt < 0 || index < failedAt),
        // What stands above all of it already is not said twice.
        advice: code === undefined || advice(code) === verdict.value?.text ? undefined : advice(code),
      })),
    }
  }

  function outcomeOf(result: ShownStep['result'], ms: number, isBeforeFailure: boolean): string {
    if (result !== 'skipped') return `${say.t(RESULTS[result])} · ${say.t('check.took', { ms })}`
    return say.t(isBeforeFailure ? 'check.notNeeded' : 'check.skipped')
  }

  async function again(): Promise<void> {
    const own = ++latest
    isRunning.value = true
    check.value = undefined
    try {
      const found = await platform.checkConnection?.(link)
      if (own === latest) check.value = found
    } catch {
      // What a person can do is the same whatever it was; main has it in its log.
      if (own === latest) check.value = 'failed'
    }
    if (own !== latest) return
    isRunning.value = false
    if (verdict.value !== undefined) notices.announce(verdict.value.text)
  }

  return {
    isOpen,
    isPossible: platform.checkConnection !== undefined,
    isRunning,
    verdict,
    ways,
    again,
    open(next) {
      link = next
      isOpen.value = true
      void again()
    },
  }
}
