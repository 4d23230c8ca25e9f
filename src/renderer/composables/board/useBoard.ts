import { onBeforeUnmount, onMounted, shallowRef, watch, type ShallowRef } from 'vue'
import { useServices } from '../../app/services'
import { isApple } from '../../app/shortcuts'
import { BoardPresence } from '../../bindings/board/boardPresence'
import { BoardCommands } from '../../board/boardCommands'
import type { BoardEditor } from '../../board/boardEditor'
import { pressKey } from '../../board/boardKeys'
import type { KeyResult } from '../../board/keyResult'
import { BoardSurface } from '../../board/boardSurface'
import type { Pictures } from '../../board/pictures/pictures'
import { useSay } from '../../i18n'
import type { OpenBoardPage } from '../openBoardPage'
import { keepFollowing } from './keepFollowing'
import { onPixelRatio } from './onPixelRatio'
import { personColours } from './personColours'
import { useBoardTheme } from './useBoardTheme'

export interface BoardElements {
  readonly host: Readonly<ShallowRef<HTMLElement | null>>
  readonly base: Readonly<ShallowRef<HTMLCanvasElement | null>>
  readonly overlay: Readonly<ShallowRef<HTMLCanvasElement | null>>
}

export interface ShownBoard {
  readonly editor: BoardEditor
  readonly commands: BoardCommands
  readonly presence: BoardPresence
  /** There once the board is on the screen. */
  readonly surface: ShallowRef<BoardSurface | undefined>
  /** False until all that is in view has been painted once. */
  readonly isShown: Readonly<ShallowRef<boolean>>
  onKeydown(event: KeyboardEvent): void
  onKeyup(event: KeyboardEvent): void
}

/** Shows a board in an element while the component lives. Each board has a component of its own. */
export function useBoard(
  elements: BoardElements,
  page: OpenBoardPage,
  readOnly: () => boolean,
  tell: (editor: BoardEditor, result: KeyResult) => void,
  pictures: Pictures,
): ShownBoard {
  const { clock } = useServices()
  const { editor, widths } = page.edit()
  const commands = new BoardCommands(editor)
  const presence = new BoardPresence(page.page, (ms, callback) => clock.after(ms, callback))
  const surface = shallowRef<BoardSurface>()
  const isShown = shallowRef(false)
  const { t, locale } = useSay()
  const isMac = isApple(navigator.platform)
  const theme = useBoardTheme()
  const stops: (() => void)[] = []

  onMounted(() => {
    const { host, base, overlay } = elements
    if (host.value === null || base.value === null || overlay.value === null) return
    const shown = new BoardSurface({
      host: host.value,
      base: base.value,
      overlay: overlay.value,
      editor,
      commands,
      presence,
      widths,
      pictures,
      isMac,
      theme: theme.value,
      preview: page.preview.value,
      previews: page.previews,
      onShown: () => {
        isShown.value = true
        // The canvas comes onto the screen a frame after it was drawn; until then the picture below it is seen.
        requestAnimationFrame(() => requestAnimationFrame(() => page.dropPreview()))
      },
      now: () => performance.now(),
      after: (ms, callback) => clock.after(ms, callback),
      untitledFrame: () => t('board.shape.frame'),
      nextFrame: (callback) => {
        const frame = requestAnimationFrame(callback)
        return () => cancelAnimationFrame(frame)
      },
      personColours,
    })
    surface.value = shown
    const element = host.value
    const following = keepFollowing(page.following, editor, presence)
    const fit = (): void => {
      const { width, height } = element.getBoundingClientRect()
      if (width === 0 || height === 0) return
      editor.size = { width, height }
      // Before the canvases get their size, which draws at once: another view would be painted for nothing.
      if (!editor.isPlaced && editor.board.bounds !== undefined) commands.zoomToFit()
      else if (!editor.isPlaced) editor.setCamera({ x: -width / 2, y: -height / 2, zoom: 1 }, false)
      shown.resize(window.devicePixelRatio)
      following.show()
    }
    fit()
    const observer = new ResizeObserver(fit)
    observer.observe(element)
    // Fonts come in pieces: a board of Chinese labels would be read again for each.
    let stopWaiting: () => void = () => undefined
    const fonts = (): void => {
      stopWaiting()
      stopWaiting = clock.after(FONTS_REST_MS, () => (editor.doc.isInStep ? fonts() : shown.readAgain()))
    }
    document.fonts.addEventListener('loadingdone', fonts)
    page.focus = () => focusNext(element)
    editor.onOwnMove = () => page.ownMove()
    stops.push(
      () => observer.disconnect(),
      onPixelRatio(window, fit),
      () => stopWaiting(),
      () => document.fonts.removeEventListener('loadingdone', fonts),
      following.stop,
      () => shown.stop(),
      () => page.dropPreview(),
    )
    // On a touch screen nothing is gained by it.
    if (!window.matchMedia('(pointer: coarse)').matches) element.focus({ preventScroll: true })
  })

  watch(theme, (next) => surface.value?.setTheme(next))
  watch(locale, () => surface.value?.repaint())
  watch(readOnly, (isReadOnly) => editor.allowWriting(!isReadOnly), { immediate: true })
  onBeforeUnmount(() => {
    page.focus = undefined
    editor.onOwnMove = undefined
    editor.putDown()
    for (const stop of stops) stop()
    presence.dispose()
  })

  return {
    editor,
    commands,
    presence,
    surface,
    isShown,
    onKeydown(event) {
      // AltGr types letters and reports itself as Ctrl and Alt.
      if (event.isComposing || isTyped(event.target) || event.getModifierState('AltGraph')) return
      const isOnBoard = event.target === elements.host.value
      // In the panels these keys go from control to control.
      if (!isOnBoard && PANEL_KEYS.test(event.key)) return
      if (event.key === ' ') {
        surface.value?.input.setSpace(true)
        event.preventDefault()
        return
      }
      if (!pressKey(event, editor, commands, (result) => tell(editor, result), isMac)) return
      event.preventDefault()
      event.stopPropagation()
    },
    onKeyup(event) {
      if (event.key === ' ') surface.value?.input.setSpace(false)
    },
  }
}

/** Fonts that arrive one after the other are taken together after this rest, in ms. */
const FONTS_REST_MS = 300

/** Keys that mean something to the controls around the board. */
const PANEL_KEYS = /^(?:Tab|Enter| |Escape|Arrow.*|Home|End)$/

/** The board, its tools, and how shapes look: where F6 goes in turn. */
const REGIONS = ['.surface', '[role="toolbar"]', '[data-testid="board-style"]'] as const

/** Moves the focus onto the board; from there, to the next of the panels around it. */
function focusNext(surface: HTMLElement): void {
  const regions = REGIONS.map((selector) => surface.closest('.board')?.querySelector<HTMLElement>(selector))
  const at = regions.findIndex((region) => region?.contains(document.activeElement) === true)
  // On a narrow screen the style is folded away.
  const next = regions.slice(at + 1).find((region) => region?.checkVisibility() === true)
  const target = next?.querySelector<HTMLElement>('[aria-pressed="true"], [tabindex="0"]')
  if (at < 0 || next === undefined || next === null || next === surface)
    surface.focus({ preventScroll: true })
  else (target ?? next.querySelector<HTMLElement>('button'))?.focus()
}

/** True for what takes text. */
function isTyped(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text')
  )
}
