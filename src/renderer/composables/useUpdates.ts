import { computed, onScopeDispose, shallowRef, type ComputedRef } from 'vue'
import { codeOf } from '../app/codeOf'
import { useNotices } from '../app/notices'
import { useServices } from '../app/services'
import { useSay } from '../i18n'
import type { UpdateState } from '../platform/platform'

export interface UpdatesView {
  /** False in a browser, and in an app that was built without an address to look for updates at. */
  readonly isPossible: ComputedRef<boolean>
  /** True where the app installs its new versions itself. */
  readonly isOwn: ComputedRef<boolean>
  readonly automatic: ComputedRef<boolean>
  /** How things stand, in words. */
  readonly text: ComputedRef<string>
  readonly isChecking: ComputedRef<boolean>
  /** The version that is being downloaded, and how far that is, of 1. */
  readonly downloading: ComputedRef<{ readonly version: string; readonly done: number } | undefined>
  /** The version that is installed when the app restarts. */
  readonly ready: ComputedRef<string | undefined>
  check(): Promise<void>
  setAutomatic(on: boolean): Promise<void>
  restart(): Promise<void>
}

/** New versions of the app. Call in `setup`. */
export function useUpdates(): UpdatesView {
  const { updates } = useServices().platform
  const notices = useNotices()
  const say = useSay()
  const state = shallowRef<UpdateState>()
  const stop = updates?.watch((next) => {
    state.value = next
  })
  onScopeDispose(() => stop?.())

  const step = computed(() => state.value?.step)
  const isOwn = computed(() => state.value?.way === 'self')
  const downloading = computed(() => (step.value?.name === 'downloading' ? step.value : undefined))
  const ready = computed(() => (step.value?.name === 'ready' ? step.value.version : undefined))

  const text = computed(() => {
    const version = { version: state.value?.version ?? '' }
    if (!isOwn.value) return `${say.t('updates.running', version)} ${say.t('updates.system')}`
    switch (step.value?.name) {
      case 'checking':
        return say.t('updates.checking')
      case 'current':
        return say.t('updates.current', version)
      case 'downloading':
        return say.t('updates.downloading', { version: step.value.version })
      case 'ready':
        return say.t('updates.ready', { version: step.value.version })
      case 'failed':
        return say.t('updates.failed')
      default:
        return say.t('updates.running', version)
    }
  })

  /** Does what main is asked for; what it refuses is said. */
  async function ask(call: Promise<void> | undefined): Promise<void> {
    try {
      await call
    } catch (error) {
      notices.show(say.error(codeOf(error)), { tone: 'error' })
    }
  }

  return {
    isPossible: computed(() => state.value !== undefined && state.value.way !== 'nobody'),
    isOwn,
    automatic: computed(() => state.value?.automatic ?? false),
    text,
    isChecking: computed(() => step.value?.name === 'checking'),
    downloading,
    ready,
    check: () => ask(updates?.check()),
    setAutomatic: (on) => ask(updates?.setAutomatic(on)),
    restart: () => ask(updates?.restart()),
  }
}
