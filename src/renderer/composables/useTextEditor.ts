import { computed, onBeforeUnmount, onMounted, watch, type ShallowRef } from 'vue'
import type { PageEntry } from '../../shared/pages'
import { useServices } from '../app/services'
import type { TextEditorOptions } from '../bindings/text/textEditor'
import { useSay } from '../i18n'
import type { OpenBoardPage } from './openBoardPage'
import type { OpenTextPage } from './openTextPage'
import { usePhrases } from './usePhrases'

export interface TextEditorProps {
  readonly page: OpenTextPage
  readonly title: string
  readonly readOnly: boolean
}

/** Shows a page's editor in an element while the component lives. Each page has a component of its own. */
export function useTextEditor(
  element: Readonly<ShallowRef<HTMLElement | null>>,
  props: TextEditorProps,
): void {
  const { platform } = useServices()
  const { t } = useSay()
  const phrases = usePhrases()
  const { page } = props
  const stops: (() => void)[] = []

  const options = computed<TextEditorOptions>(() => ({
    title: props.title,
    readOnly: props.readOnly,
    label: t('editor.label', { title: props.title }),
    placeholder: props.readOnly ? '' : t('editor.placeholder'),
    phrases: phrases.value,
    openLink: (url) => void platform.openExternal(url),
  }))

  onMounted(() => {
    const editor = page.edit(options.value)
    if (element.value !== null) editor.binding.attach(element.value)
    // On a touch screen the keyboard would jump up and hide half of the page.
    if (!window.matchMedia('(pointer: coarse)').matches && !isBusyElsewhere()) editor.focus()
    const goAlong = (): void => {
      for (const sessionId of page.following.value) if (editor.goTo(sessionId)) return
    }
    // A place comes into the editor with the same event: after it.
    stops.push(
      page.page.others.subscribe(() => queueMicrotask(goAlong)),
      watch(page.following, goAlong),
    )
    goAlong()
    const ownMove = (): void => page.ownMove()
    for (const type of OWN_MOVES) {
      element.value?.addEventListener(type, ownMove, { passive: true })
    }
  })
  watch(options, (next) => page.editor?.configure(next))
  onBeforeUnmount(() => {
    for (const stop of stops) stop()
    page.editor?.binding.detach()
  })
}

/** What a person does in a text; scrolling by itself comes from following too. */
const OWN_MOVES = ['pointerdown', 'wheel', 'keydown', 'touchmove'] as const

/** True while the person is in a menu, a dialog or a field: a page that has loaded does not take the focus from it. */
function isBusyElsewhere(): boolean {
  return document.activeElement?.closest('[role="menu"], [role="dialog"], input, textarea') instanceof Element
}

/** Which of its faces a page shows. */
export function pageFace(
  entry: PageEntry | undefined,
  page: OpenTextPage | OpenBoardPage | undefined,
): 'none' | 'gone' | 'unsupported' | 'loading' | 'text' | 'board' {
  if (entry === undefined) return 'none'
  if (entry.deleted) return 'gone'
  if (entry.kind === 'unsupported' || page === undefined) return 'unsupported'
  const waits = 'waitsForPreview' in page && page.waitsForPreview.value
  return page.saveState.value.loaded && !waits ? entry.kind : 'loading'
}
