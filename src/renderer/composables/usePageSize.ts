import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { RoomClient } from '../../client/api'
import { MAX_RECORDS } from '../../shared/board/limits'
import { useNotices } from '../app/notices'
import { useSay } from '../i18n'
import type { OpenBoardPage } from './openBoardPage'
import type { CurrentPage } from './useCurrentPage'
import { useObservable } from './useObservable'

/** Part of the largest size from which a page says how full it is. */
const NEARLY_FULL = 0.8

export interface PageSize {
  /** How full the page on the screen is, where that matters. */
  readonly level: ComputedRef<'near' | 'full' | undefined>
  /** "82%". */
  readonly percent: ComputedRef<string>
  /** What to do about it; undefined where nothing is to be done, or the warning was read and put away. */
  readonly warning: ComputedRef<string | undefined>
  dismiss(): void
}

/** Warns before a page reaches the largest size that the server takes. */
export function usePageSize(client: RoomClient, current: CurrentPage): PageSize {
  const notices = useNotices()
  const say = useSay()
  const limits = useObservable(client.limits)
  /** Pages whose warning was put away, each with its level. */
  const dismissed: Ref<ReadonlySet<string>> = ref(new Set<string>())

  const part = computed(() => {
    const board = current.board.value
    const length = (board && contentOf(board).length) ?? current.text.value?.text.value?.length ?? 0
    const ofLength = limits.value === undefined ? 0 : length / limits.value.maxPageLength
    return board === undefined ? ofLength : Math.max(ofLength, contentOf(board).records.size / MAX_RECORDS)
  })
  const level = computed(() => (part.value >= 1 ? 'full' : part.value >= NEARLY_FULL ? 'near' : undefined))
  const percent = computed(() =>
    // Rounded down: a page that is not full never says that it is.
    new Intl.NumberFormat(say.locale.value, { style: 'percent' }).format(Math.floor(part.value * 100) / 100),
  )
  const key = computed(() => `${current.entry.value?.id ?? ''} ${level.value ?? ''}`)

  const advice = computed(() => {
    if (level.value === undefined) return undefined
    const isBoard = current.board.value !== undefined
    if (level.value === 'full') return say.t(isBoard ? 'save.fullBoard' : 'save.fullText')
    return say.t(isBoard ? 'save.nearlyFullBoard' : 'save.nearlyFullText', { percent: percent.value })
  })

  watch(key, () => {
    if (advice.value !== undefined) notices.announce(advice.value)
  })

  return {
    level,
    percent,
    warning: computed(() => (dismissed.value.has(key.value) ? undefined : advice.value)),
    dismiss() {
      dismissed.value = new Set([...dismissed.value, key.value])
    },
  }
}

/** What a board holds, deleted shapes included, as the server counts it. Read again with each edit. */
function contentOf({ page, saveState }: OpenBoardPage): OpenBoardPage['page']['content'] {
  // The content is no observable; the state of saving, which is one, changes with it.
  void saveState.value
  return page.content
}
