import { computed, onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { ConnectionStatus, SaveState } from '../../client/status'
import { useServices } from '../app/services'
import { useSay } from '../i18n'
import { useSlowly } from './useSlowly'

/**
 * How long an edit may be under way before "Saving…" is shown. Until then the line names the version that is
 * saved, which stays true; a line that changed with each letter would only distract.
 */
const PATIENCE_MS = 300
/** The version changes at most so often, in ms: while others draw there are sixty of them in a second. */
const VERSION_MS = 250

/** `kept`: on this device only, until there is a connection. */
export type SavePhase = 'loading' | 'kept' | 'saving' | 'empty' | 'saved'

export interface SaveLine {
  readonly phase: ComputedRef<SavePhase>
  readonly text: ComputedRef<string>
  /** Edits that no server has committed. */
  readonly unsent: ComputedRef<number>
  /** The newest committed version, at most {@link VERSION_MS} late. */
  readonly version: Readonly<Ref<number>>
}

/** How safe a page's edits are, in words. */
export function useSaveLine(
  state: Readonly<Ref<SaveState>>,
  status: Readonly<Ref<ConnectionStatus>>,
): SaveLine {
  const { clock } = useServices()
  const say = useSay()
  const isSlow = ref(false)
  let cancel: (() => void) | undefined
  const unsent = computed(() => state.value.unsent)
  const isEmpty = computed(() => state.value.version === 0)
  const version = useSlowly(() => state.value.version, VERSION_MS)

  watch(
    () => unsent.value > 0,
    (isUnsent) => {
      cancel?.()
      isSlow.value = false
      if (isUnsent) {
        cancel = clock.after(PATIENCE_MS, () => {
          isSlow.value = true
        })
      }
    },
    { immediate: true },
  )
  onScopeDispose(() => cancel?.())

  const phase = computed((): SavePhase => {
    if (!state.value.loaded) return 'loading'
    if (unsent.value > 0 && status.value.state !== 'connected') return 'kept'
    if (unsent.value > 0 && (isSlow.value || isEmpty.value)) return 'saving'
    return isEmpty.value ? 'empty' : 'saved'
  })
  const text = computed(() => {
    switch (phase.value) {
      case 'kept':
        return say.count('save.unsent', unsent.value)
      case 'saved':
        return say.t('save.saved', { version: version.value })
      case 'loading':
        return say.t('save.loading')
      case 'saving':
        return say.t('save.saving')
      case 'empty':
        return say.t('save.empty')
    }
  })
  return { phase, text, unsent, version }
}
