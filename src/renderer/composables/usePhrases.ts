import { computed, type ComputedRef } from 'vue'
import { useSay } from '../i18n'

/** CodeMirror's own texts, by their English originals, in the person's language. */
export function usePhrases(): ComputedRef<Readonly<Record<string, string>>> {
  const { t } = useSay()
  return computed(() => ({
    Find: t('search.find'),
    Replace: t('search.replace'),
    next: t('search.next'),
    previous: t('search.previous'),
    all: t('search.all'),
    'match case': t('search.matchCase'),
    'by word': t('search.byWord'),
    regexp: t('search.regexp'),
    replace: t('search.replace'),
    'replace all': t('search.replaceAll'),
    close: t('search.close'),
    'Go to line': t('search.goToLine'),
    go: t('search.go'),
    'current match': t('search.currentMatch'),
    'on line': t('search.onLine'),
    'replaced match on line $': t('search.replacedMatch'),
    'replaced $ matches': t('search.replacedMatches'),
    'Control character': t('search.controlCharacter'),
    'Selection deleted': t('search.selectionDeleted'),
    'folded code': t('search.folded'),
  }))
}
