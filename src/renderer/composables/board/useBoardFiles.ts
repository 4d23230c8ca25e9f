import { exportExcalidraw, ExcalidrawError, importExcalidraw } from '../../../shared/board/excalidraw'
import { centreOf } from '../../../shared/board/geometry/box'
import { boxOfShapes, createShapes, moveShapes } from '../../../shared/board/ops'
import { codeOf } from '../../app/codeOf'
import { useNotices } from '../../app/notices'
import { useServices } from '../../app/services'
import { shapesToExport, toPng, toSvg } from '../../board/exportPicture'
import type { BoardEditor } from '../../board/boardEditor'
import { viewBox } from '../../board/camera'
import { boardColours } from '../../board/draw/colours'
import { useSay } from '../../i18n'
import type { OpenBoardPage } from '../openBoardPage'

export type BoardFormat = 'png' | 'svg' | 'excalidraw'

export interface BoardFiles {
  /** Writes what is selected, or all there is, to a file. */
  save(page: OpenBoardPage, title: string, format: BoardFormat): Promise<void>
  /** Puts the shapes of an `.excalidraw` file that is asked for onto the board. */
  open(page: OpenBoardPage): Promise<void>
}

/** Pictures and Excalidraw's files, out of a board and into one. */
export function useBoardFiles(): BoardFiles {
  const { platform } = useServices()
  const notices = useNotices()
  const say = useSay()

  async function saveText(text: string, suggestedName: string): Promise<void> {
    const format = { bom: false, lineBreak: '\n' } as const
    const written = await platform.files.save({ text, suggestedName, format, fileId: undefined })
    if (written !== undefined) notices.show(say.t('board.exported', { name: written.name }), { tone: 'good' })
  }

  async function savePng(page: OpenBoardPage, editor: BoardEditor, name: string): Promise<void> {
    const shapes = shapesToExport(editor.board, editor.selected)
    const blob = await toPng(editor.board, shapes, colours(), page.edit().widths.measure)
    if (blob === undefined) notices.show(say.t('board.pngTooLarge'))
    else download(blob, name)
  }

  return {
    async save(page, title, format) {
      const { editor } = page.edit()
      const shapes = shapesToExport(editor.board, editor.selected)
      if (shapes.length === 0) {
        notices.show(say.t('board.nothingToExport'))
        return
      }
      const name = `${fileName(title)}.${format}`
      try {
        if (format === 'png') await savePng(page, editor, name)
        else if (format === 'svg') await saveText(toSvg(editor.board, shapes, colours()), name)
        else await saveText(exportExcalidraw(shapes, { picture: () => undefined }), name)
      } catch (error) {
        notices.show(say.error(codeOf(error)))
      }
    },

    async open(page) {
      const { editor } = page.edit()
      try {
        const file = await platform.files.open()
        if (file !== undefined) notices.show(say.count('board.imported', importText(editor, file.text)))
      } catch (error) {
        const isOther = !(error instanceof ExcalidrawError)
        notices.show(isOther ? say.error(codeOf(error)) : say.t('board.importFailed'))
      }
    },
  }
}

/** Puts the shapes of a file into the middle of what is seen; returns how many. Throws ExcalidrawError. */
export function importText(editor: BoardEditor, text: string): number {
  const { shapes } = importExcalidraw(text, { newId: () => editor.newId() })
  if (shapes.length === 0) return 0
  editor.chooseTool('select')
  editor.begin()
  editor.edit(createShapes(editor.board, shapes))
  const ids = shapes.map(({ id }) => id)
  editor.select(ids)
  const box = boxOfShapes(editor.selectedShapes)
  if (box !== undefined) {
    const [from, to] = [centreOf(box), centreOf(viewBox(editor.camera, editor.size))]
    editor.edit(moveShapes(editor.board, ids, Math.round(to.x - from.x), Math.round(to.y - from.y)))
  }
  editor.end()
  return shapes.length
}

function colours() {
  return boardColours(document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light')
}

/** A title as a file name: what no system allows is left out. */
function fileName(title: string): string {
  const name = title.replace(/[\p{Cc}<>:"/\\|?*]+/gu, ' ').replace(/^[. ]+|[. ]+$/gu, '')
  return name === '' ? 'board' : name
}

function download(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = name
  anchor.click()
  // The browser has taken the blob when the click returns; the address is released in the next task.
  setTimeout(() => URL.revokeObjectURL(address), 0)
}
