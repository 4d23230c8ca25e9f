import { onBeforeUnmount, onMounted } from 'vue'
import { ExcalidrawError, isExcalidrawClipboard } from '../../../shared/board/excalidraw'
import { centreOf } from '../../../shared/board/geometry/box'
import {
  boxOfShapes,
  copyShapes,
  cutLabel,
  fromClipboard,
  pasteShapes,
  toClipboard,
  toPlainText,
} from '../../../shared/board/ops'
import { MAX_LABEL_LENGTH } from '../../../shared/board/limits'
import { useNotices } from '../../app/notices'
import { useServices } from '../../app/services'
import { useSay } from '../../i18n'
import type { BoardCommands } from '../../board/boardCommands'
import type { Point } from '../../board/model'
import { styleOfNew } from '../../board/nextStyle'
import { noteCopy, shapesFor } from '../../board/ownCopy'
import { placeForNew } from '../../board/placeForNew'
import { copyAsPng, picturesOn, readClipboard } from '../../board/pictures/clipboardPictures'
import { storePicture } from '../../board/pictures/storePicture'
import type { OpenBoardPage } from '../openBoardPage'
import { useKeyNames } from '../useShortcuts'
import type { Steps } from '../../../shared/board/steps'
import { useLongTask } from '../useLongTask'
import { importDrawing } from './importDrawing'
import type { BoardPictureFiles } from './useBoardPictures'
import { isTooLong } from '../../bindings/board/labelBinding'

/** Kind of clipboard entry that shapes have; beside it lie their labels as plain text. */
const SHAPES_TYPE = 'application/x-inkroom-shapes'
/** The app has pasted by then, in ms, or had nothing to paste. */
const ANSWER_MS = 1000
/** Width at which pasted text is broken, in board units. */
const TEXT_WIDTH = 480

export interface BoardClipboard {
  copy(): void
  cut(): void
  /** Pastes at a place of the board what the app or the browser gives out of the clipboard. */
  paste(at: Point): Promise<void>
}

/** Copies and pastes shapes while the focus is on the board. */
export function useBoardClipboard(
  host: () => HTMLElement | null,
  page: OpenBoardPage,
  commands: BoardCommands,
  pictures: BoardPictureFiles,
): BoardClipboard {
  const { editor } = page.edit()
  const notices = useNotices()
  const say = useSay()
  const doLongTask = useLongTask()
  const keys = useKeyNames()
  const { platform, clock } = useServices()
  /** Where the app, which is asked to paste, puts what it gives. */
  let askedAt: Point | undefined
  const isHere = (): boolean => document.activeElement === host()

  function write(event: ClipboardEvent): boolean {
    if (!isHere() || editor.selected.length === 0 || event.clipboardData === null) return false
    const shapes = copyShapes(editor.board, editor.selected)
    const copied = toClipboard(shapes)
    event.clipboardData.setData(SHAPES_TYPE, copied)
    // Other programs get the words; where there are none, the shapes as text.
    const words = toPlainText(shapes) || copied
    event.clipboardData.setData('text/plain', words)
    noteCopy(words, copied)
    event.preventDefault()
    const [only] = shapes
    if (shapes.length === 1 && only?.type === 'image' && only.assetId !== undefined)
      void copyAsPng(only.assetId, copied, page.assets)
    return true
  }

  const onCopy = (event: ClipboardEvent): void => void write(event)
  const onCut = (event: ClipboardEvent): void => {
    if (write(event)) commands.remove()
  }
  const onPaste = (event: ClipboardEvent): void => {
    if (!isHere() || event.clipboardData === null) return
    event.preventDefault()
    const { clipboardData } = event
    const at = askedAt ?? placeForNew(editor)
    askedAt = undefined
    const shapes = clipboardData.getData(SHAPES_TYPE)
    const files = shapes === '' ? picturesOn(clipboardData) : []
    if (files.length > 0) void pictures.take(files, at)
    else void insert(shapes || clipboardData.getData('text/plain'), at)
  }

  /** Puts what a text stands for around a place of the board. */
  async function insert(text: string, at: Point): Promise<void> {
    if (text.trim() === '' || !editor.canWrite.value) return
    editor.chooseTool('select')
    if (isExcalidrawClipboard(text) && (await isImported(text, at))) return
    const shapes = fromClipboard(text)
    const box = shapes === undefined ? undefined : boxOfShapes(shapes)
    if (shapes !== undefined && box !== undefined) {
      if (!editor.hasRoom(shapes.length)) return
      const from = centreOf(box)
      // By whole units: lines that were sharp stay so.
      const [dx, dy] = [Math.round(at.x - from.x), Math.round(at.y - from.y)]
      const made = pasteShapes(editor.board, shapes, dx, dy, () => editor.newId())
      editor.edit(made.op)
      editor.select(made.ids)
      await pictures.bring(shapes)
      return
    }
    const id = editor.newId()
    const isLong = text.length > 60
    const place = { x: isLong ? at.x - TEXT_WIDTH / 2 : at.x, y: at.y, width: TEXT_WIDTH, height: 1 }
    const label = cutLabel(text.trim())
    if (isTooLong(text.trim())) notices.show(say.t('board.labelCut', { max: MAX_LABEL_LENGTH }))
    const look = styleOfNew('text', editor.style)
    if (editor.create({ id, type: 'text', ...look, ...place, ...(isLong ? { wraps: true } : {}), label }))
      editor.select([id])
  }

  /** False for text that only looks like Excalidraw's: then it is pasted as text. */
  async function isImported(text: string, at: Point): Promise<boolean> {
    try {
      const doSteps = <T>(steps: Steps<T>) => doLongTask(say.t('board.pasting'), steps)
      const imported = await importDrawing(editor, text, page.assets, storePicture, doSteps, at)
      // Given up, or more than the board has room for: it was a drawing all the same.
      if (imported === undefined) return true
      const { shapes, lost } = imported
      if (lost > 0) notices.show(say.count('pictures.importLost', lost), { tone: 'error' })
      return shapes > 0
    } catch (error) {
      if (error instanceof ExcalidrawError) return false
      throw error
    }
  }

  onMounted(() => {
    document.addEventListener('copy', onCopy)
    document.addEventListener('cut', onCut)
    document.addEventListener('paste', onPaste)
  })
  onBeforeUnmount(() => {
    document.removeEventListener('copy', onCopy)
    document.removeEventListener('cut', onCut)
    document.removeEventListener('paste', onPaste)
  })

  return {
    copy() {
      host()?.focus()
      document.execCommand('copy')
    },
    cut() {
      host()?.focus()
      document.execCommand('cut')
    },
    async paste(at) {
      host()?.focus()
      if (platform.paste !== undefined) {
        askedAt = at
        clock.after(ANSWER_MS, () => {
          askedAt = undefined
        })
        return platform.paste()
      }
      const { clipboard }: { readonly clipboard?: Clipboard } = navigator
      try {
        if (clipboard === undefined) throw new DOMException('no clipboard', 'NotAllowedError')
        const { files, text } = await readClipboard(clipboard)
        if (files.length > 0 && text === '') await pictures.take(files, at)
        else await insert(shapesFor(text), at)
      } catch (error) {
        if (!(error instanceof DOMException)) throw error
        notices.show(say.t('pictures.pasteByKey', { keys: keys.text({ mod: true, key: 'KeyV' }) }))
      }
    },
  }
}
