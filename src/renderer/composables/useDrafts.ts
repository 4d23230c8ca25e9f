import { computed, type ComputedRef } from 'vue'
import type { RoomClient } from '../../client/api'
import type { Draft } from '../../client/cache/replicaCache'
import { OtError } from '../../shared/ot/otType'
import { recordsType, type RecordValue } from '../../shared/ot/records'
import { useNotices } from '../app/notices'
import { useServices } from '../app/services'
import { useSay } from '../i18n'
import { useObservable } from './useObservable'
import type { PageFiles } from './useFiles'
import type { Pages } from './usePages'

/** A draft as the panel shows it. */
export interface ShownDraft {
  readonly draftId: string
  readonly title: string
  /** "Notes, 3 May 14:20". */
  readonly heading: string
  /** Why it is a draft, and what to do. */
  readonly reason: string
  /** Its words, for a page of text its content; undefined where it has none. */
  readonly text: string | undefined
}

export interface Drafts {
  readonly list: ComputedRef<readonly ShownDraft[]>
  copy(draftId: string): Promise<void>
  save(draftId: string): Promise<void>
  remove(draftId: string): Promise<void>
}

/** Edits the room could not take. */
export function useDrafts(client: RoomClient, pages: Pages, files: PageFiles): Drafts {
  const { platform } = useServices()
  const notices = useNotices()
  const say = useSay()
  const drafts = useObservable(client.drafts)

  const titleOf = (draft: Draft): string => {
    const page = pages.find(draft.pageId)
    return page === undefined ? say.t('drafts.deletedPage') : pages.titleOf(page)
  }
  const find = (draftId: string): Draft | undefined => drafts.value.find((draft) => draft.draftId === draftId)

  return {
    list: computed(() =>
      [...drafts.value]
        .sort((a, b) => b.time - a.time)
        .map((draft) => ({
          draftId: draft.draftId,
          title: titleOf(draft),
          heading: say.t('drafts.entry', {
            title: titleOf(draft),
            when: new Intl.DateTimeFormat(say.locale.value, {
              dateStyle: 'medium',
              timeStyle: 'short',
            }).format(draft.time),
          }),
          reason: say.error(draft.code),
          text: wordsOf(draft),
        })),
    ),

    async copy(draftId) {
      const draft = find(draftId)
      if (draft === undefined) return
      await platform.copyText(wordsOf(draft) ?? draft.content).then(
        () => notices.show(say.t('editor.copied'), { tone: 'good' }),
        () => notices.show(say.t('editor.copyFailed'), { tone: 'error' }),
      )
    },

    async save(draftId) {
      const draft = find(draftId)
      if (draft !== undefined) await files.saveText(draft.content, titleOf(draft))
    },

    async remove(draftId) {
      await client.deleteDraft(draftId)
    },
  }
}

/** What a person wrote in a draft: of a board, the words in its shapes. Undefined where there are none. */
function wordsOf({ kind, content }: Draft): string | undefined {
  if (kind === 'text') return content
  const labels: string[] = []
  for (const [, record] of recordsOf(content)) {
    if (record.deleted !== true) labels.push(...Object.values(record.texts ?? {}))
  }
  return labels.length === 0 ? undefined : labels.join('\n\n')
}

/** None where what is stored is damaged: the draft can still be saved as it is. */
function recordsOf(content: string): Iterable<readonly [string, RecordValue]> {
  try {
    return recordsType.parseSnapshot(content).records.entries()
  } catch (error) {
    if (error instanceof OtError) return []
    throw error
  }
}
