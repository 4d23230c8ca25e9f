import { ExcalidrawError, exportSteps, type ExcalidrawFault } from '../../../shared/board/excalidraw'
import type { Steps } from '../../../shared/board/steps'
import { codeOf } from '../../app/codeOf'
import { useNotices } from '../../app/notices'
import { useServices } from '../../app/services'
import { shapesToExport, toPng, toSvg } from '../../board/exportPicture'
import { boardColours } from '../../board/draw/colours'
import type { Shape } from '../../board/model'
import { toDataUrl } from '../../board/pictures/dataUrl'
import { picturesForDrawing } from '../../board/pictures/exportPictures'
import { assetIdsOf, gatherPictures, type PictureFile } from '../../board/pictures/gatherPictures'
import { storePicture } from '../../board/pictures/storePicture'
import { useSay } from '../../i18n'
import type { MessageKey } from '../../i18n/messages'
import { downloadBlob } from '../../platform/downloadBlob'
import type { OpenedFile } from '../../platform/platform'
import type { OpenBoardPage } from '../openBoardPage'
import { useLongTask } from '../useLongTask'
import { importDrawing } from './importDrawing'

export type BoardFormat = 'png' | 'svg' | 'excalidraw'

export interface BoardFiles {
  /** Writes a board to a file: all of it as `.excalidraw`, which can be opened again; pictures are of what is selected, if anything. */
  save(page: OpenBoardPage, title: string, format: BoardFormat): Promise<void>
  /** Puts the shapes of an `.excalidraw` file that is asked for onto the board. */
  open(page: OpenBoardPage): Promise<void>
  /** Does the same with files that were dropped. */
  takeDrawings(page: OpenBoardPage, files: readonly File[]): Promise<void>
}

const FAULTS: Readonly<Record<ExcalidrawFault, MessageKey>> = {
  'not-json': 'pictures.importNotJson',
  'other-kind': 'pictures.importOtherKind',
  broken: 'pictures.importBroken',
}

/** Pictures and Excalidraw's files, out of a board and into one. */
export function useBoardFiles(): BoardFiles {
  const { platform, clock } = useServices()
  const notices = useNotices()
  const say = useSay()
  const doLongTask = useLongTask()

  /** Nothing is written where the person has cancelled. */
  async function saveSteps(steps: Steps<string>, name: string): Promise<void> {
    const text = await doLongTask(say.t('board.exporting', { name }), steps)
    if (text !== undefined) await saveText(text, name)
  }

  async function saveText(text: string, suggestedName: string): Promise<void> {
    const format = { bom: false, lineBreak: '\n' } as const
    const written = await platform.files.save({ text, suggestedName, format, fileId: undefined })
    if (written !== undefined) notices.show(say.t('board.exported', { name: written.name }), { tone: 'good' })
  }

  async function savePng(
    page: OpenBoardPage,
    shapes: readonly Shape[],
    files: ReadonlyMap<string, PictureFile>,
    name: string,
  ): Promise<void> {
    const { editor, widths } = page.edit()
    const blob = await toPng(editor.board, shapes, colours(), widths.measure, (scale) =>
      picturesForDrawing(shapes, files, scale),
    )
    if (blob === undefined) notices.show(say.t('board.pngTooLarge'))
    else downloadBlob(document, blob, name)
  }

  /** The files of the pictures among the shapes; says what has to be left out. */
  async function filesOf(
    page: OpenBoardPage,
    shapes: readonly Shape[],
  ): Promise<ReadonlyMap<string, PictureFile>> {
    const { files, missing } = await gatherPictures(assetIdsOf(shapes), page.assets, clock, () =>
      notices.show(say.t('pictures.fetching')),
    )
    if (missing > 0) notices.show(say.count('pictures.leftOut', missing), { tone: 'error' })
    return files
  }

  async function takeIn(page: OpenBoardPage, read: () => Promise<OpenedFile | undefined>): Promise<void> {
    const { editor } = page.edit()
    let name = ''
    try {
      const file = await read()
      if (file === undefined) return
      name = file.name
      const doSteps = <T>(steps: Steps<T>) => doLongTask(say.t('board.importing', { name }), steps)
      const imported = await importDrawing(editor, file.text, page.assets, storePicture, doSteps)
      if (imported === undefined) return
      const { shapes, lost } = imported
      notices.show(say.count('board.imported', shapes))
      if (lost > 0) notices.show(say.count('pictures.importLost', lost), { tone: 'error' })
    } catch (error) {
      const text =
        error instanceof ExcalidrawError ? say.t(FAULTS[error.fault], { name }) : say.error(codeOf(error))
      notices.show(text, { tone: 'error' })
    }
  }

  return {
    async save(page, title, format) {
      const { editor } = page.edit()
      const shapes = shapesToExport(editor.board, format === 'excalidraw' ? [] : editor.selected)
      if (shapes.length === 0) {
        notices.show(say.t('board.nothingToExport'))
        return
      }
      const name = `${fileName(title)}.${format}`
      try {
        const files = await filesOf(page, shapes)
        const pictureOf = (id: string) => {
          const file = files.get(id)
          return file && { mimeType: file.mimeType, dataUrl: toDataUrl(file.bytes, file.mimeType) }
        }
        if (format === 'png') await savePng(page, shapes, files, name)
        else if (format === 'excalidraw') await saveSteps(exportSteps(shapes, { picture: pictureOf }), name)
        else {
          const steps = toSvg(editor.board, shapes, colours(), (id) => pictureOf(id)?.dataUrl)
          await saveSteps(steps, name)
        }
      } catch (error) {
        notices.show(say.error(codeOf(error)), { tone: 'error' })
      }
    },

    open: (page) => takeIn(page, () => platform.files.open()),

    async takeDrawings(page, files) {
      for (const file of files) await takeIn(page, () => platform.files.readDropped(file))
    },
  }
}

function colours() {
  return boardColours(document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light')
}

/** A title as a file name: what no system allows is left out. */
function fileName(title: string): string {
  const name = title.replace(/[\p{Cc}<>:"/\\|?*]+/gu, ' ').replace(/^[. ]+|[. ]+$/gu, '')
  return name === '' ? 'board' : name
}
