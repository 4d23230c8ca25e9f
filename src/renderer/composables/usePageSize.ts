import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { RoomClient } from '../../client/api'
import { useNotices } from '../app/notices'
import { useSay } from '../i18n'
import type { CurrentPage } from './useCurrentPage'
import { useObservable } from './useObservable'

/** Part of the largest size from which a page says how full it is. */
const NEARLY_FULL = 0.8

export interface PageSize {
  /** How full the page of text on the screen is, where that matters. */
  readonly level: ComputedRef<'near' | 'full' | undefined>
  /** "82%". */
  readonly percent: ComputedRef<string>
  /** The warning of the page on the screen was read and put away. */
  readonly isDismissed: ComputedRef<boolean>
  dismiss(): void
}

/** Warns before a page of text reaches the largest size that the server takes. */
export function usePageSize(client: RoomClient, current: CurrentPage): PageSize {
  const notices = useNotices()
  const say = useSay()
  const limits = useObservable(client.limits)
  /** Pages whose warning was put away, each with its level. */
  const dismissed: Ref<ReadonlySet<string>> = ref(new Set<string>())

  const part = computed(() => {
    const length = current.text.value?.text.value?.length ?? 0
    return limits.value === undefined ? 0 : length / limits.value.maxPageLength
  })
  const level = computed(() => (part.value >= 1 ? 'full' : part.value >= NEARLY_FULL ? 'near' : undefined))
  const percent = computed(() =>
    // Rounded down: a page that is not full never says that it is.
    new Intl.NumberFormat(say.locale.value, { style: 'percent' }).format(Math.floor(part.value * 100) / 100),
  )
  const key = computed(() => `${current.entry.value?.id ?? ''} ${level.value ?? ''}`)

  watch(key, () => {
    if (level.value === 'near') notices.announce(say.t('save.nearlyFullText', { percent: percent.value }))
    if (level.value === 'full') notices.announce(say.t('save.fullText'))
  })

  return {
    level,
    percent,
    isDismissed: computed(() => dismissed.value.has(key.value)),
    dismiss() {
      dismissed.value = new Set([...dismissed.value, key.value])
    },
  }
}
