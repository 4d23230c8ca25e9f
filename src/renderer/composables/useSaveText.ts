import { computed, onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { ConnectionStatus, SaveState } from '../../client/status'
import { useServices } from '../app/services'
import { useSay } from '../i18n'

/**
 * How long an edit may be under way before "Saving…" is shown. Until then the line names the version that is
 * saved, which stays true; a line that changed with each letter would only distract.
 */
const PATIENCE_MS = 300

/** How safe a page's edits are, in words. */
export function useSaveText(
  state: Readonly<Ref<SaveState>>,
  status: Readonly<Ref<ConnectionStatus>>,
): ComputedRef<string> {
  const { clock } = useServices()
  const say = useSay()
  const isSlow = ref(false)
  let cancel: (() => void) | undefined

  watch(
    () => state.value.unsent > 0,
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

  return computed(() => {
    const { loaded, unsent, version } = state.value
    if (!loaded) return say.t('save.loading')
    if (unsent > 0 && status.value.state !== 'connected') return say.count('save.unsent', unsent)
    if (unsent > 0 && (isSlow.value || version === 0)) return say.t('save.saving')
    return version === 0 ? say.t('save.empty') : say.t('save.saved', { version })
  })
}
