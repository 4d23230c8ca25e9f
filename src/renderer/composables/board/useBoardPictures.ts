import { onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue'
import { codeOf } from '../../app/codeOf'
import { useNotices } from '../../app/notices'
import { useServices } from '../../app/services'
import type { BoardEditor } from '../../board/boardEditor'
import { toBoard, viewBox } from '../../board/camera'
import type { Point, Shape } from '../../board/model'
import { addPictures, type RefusedFile } from '../../board/pictures/addPictures'
import { browserCodec } from '../../board/pictures/browserCodec'
import { layPictures, type PictureToPlace } from '../../board/pictures/placePictures'
import { preparePicture } from '../../board/pictures/preparePicture'
import { readHeader } from '../../board/pictures/readHeader'
import { centreOf } from '../../../shared/board/geometry/box'
import { createShapes } from '../../../shared/board/ops'
import { useSay } from '../../i18n'
import { chooseFiles } from '../../platform/chooseFiles'
import type { OpenBoardPage } from '../openBoardPage'
import { useBoardFiles } from './useBoardFiles'

export interface BoardPictureFiles {
  /** Which picture of how many is being added, where it takes long enough to be seen. */
  readonly adding: Ref<{ readonly n: number; readonly count: number } | undefined>
  /** Puts files onto the board, in the middle of what is seen or around a place of the board. */
  take(files: readonly File[], at?: Point): Promise<void>
  /** Keeps the pictures of shapes that came from elsewhere in this room too. */
  bring(shapes: readonly Shape[]): Promise<void>
}

/** Adding takes this long before it is spoken of, in ms. */
const PATIENCE_MS = 400
/** How far a picture lies from one at the same place, in board units. */
const SHIFT = 24
/** More refused files than this are told of together. */
const MAX_NOTICES = 2
/** Asked of the dialog; what else this browser reads is turned into one that all read. */
const ACCEPT = 'image/png,image/jpeg,image/gif,image/webp,image/*'
const PICTURE_NAME = /\.(?:png|jpe?g|gif|webp|bmp|avif|hei[cf]|tiff?|ico|svg)$/i
const DRAWING_NAME = /\.excalidraw(?:\.json)?$/i

/** Takes pictures from the dialog, the clipboard and other windows onto a board. */
export function useBoardPictures(host: () => HTMLElement | null, page: OpenBoardPage): BoardPictureFiles {
  const { clock } = useServices()
  const { editor } = page.edit()
  const { assets } = page
  const notices = useNotices()
  const say = useSay()
  const files = useBoardFiles()
  const adding = ref<{ readonly n: number; readonly count: number }>()

  async function take(chosen: readonly File[], at?: Point): Promise<void> {
    if (chosen.length === 0 || !editor.canWrite.value) return
    let n = 0
    let isSlow = false
    const show = (): void => {
      if (isSlow) adding.value = { n, count: chosen.length }
    }
    const cancel = clock.after(PATIENCE_MS, () => {
      isSlow = true
      show()
    })
    const prepare = (file: File) => preparePicture(file, browserCodec, readHeader)
    const { pictures, refused } = await addPictures(chosen, assets, prepare, (next) => {
      n = next
      show()
    })
    cancel()
    adding.value = undefined
    place(editor, pictures, at)
    if (pictures.length > 0) notices.announce(say.count('pictures.added', pictures.length))
    tellRefused(refused)
  }

  function tellRefused(refused: readonly RefusedFile[]): void {
    if (refused.length > MAX_NOTICES) {
      const names = refused.map(({ name }) => name).join(', ')
      notices.show(say.t('pictures.refusedMany', { n: refused.length, names }), { tone: 'error' })
      return
    }
    for (const { name, code } of refused)
      notices.show(say.t('pictures.refused', { name, reason: say.error(code) }), { tone: 'error' })
  }

  async function ask(): Promise<void> {
    if (!editor.canWrite.value) return
    const chosen = await chooseFiles(document, { accept: ACCEPT, multiple: true })
    host()?.focus({ preventScroll: true })
    await take(chosen)
  }

  function takeDropped(dropped: readonly File[], at: Point): readonly File[] {
    const drawings = dropped.filter(({ name }) => DRAWING_NAME.test(name))
    const pictures = dropped.filter((file) => !drawings.includes(file) && isPicture(file))
    void files.takeDrawings(page, drawings)
    void take(pictures, boardPoint(at))
    return dropped.filter((file) => !drawings.includes(file) && !pictures.includes(file))
  }

  /** A place of the window as one of the board; undefined beside the board. */
  function boardPoint({ x, y }: Point): Point | undefined {
    const frame = host()?.getBoundingClientRect()
    if (frame === undefined || x < frame.left || x > frame.right || y < frame.top || y > frame.bottom)
      return undefined
    return toBoard(editor.camera, { x: x - frame.left, y: y - frame.top })
  }

  onMounted(() => {
    editor.askForPictures = () => void ask()
    page.takeDropped = takeDropped
  })
  onBeforeUnmount(() => {
    editor.askForPictures = undefined
    page.takeDropped = undefined
  })
  // What is still being added when the page changes is told of as it was begun.
  watch(adding, (state) => {
    if (state !== undefined) notices.announce(say.t('pictures.adding', state))
  })

  return {
    adding,
    take,

    async bring(shapes) {
      const ids = shapes.flatMap((shape) =>
        shape.type === 'image' && shape.assetId !== undefined ? [shape.assetId] : [],
      )
      try {
        for (const id of new Set(ids)) {
          const bytes = await assets.read(id)
          if (bytes !== undefined) await assets.add(bytes)
        }
      } catch (error) {
        notices.show(say.t('pictures.notBrought', { reason: say.error(codeOf(error)) }), { tone: 'error' })
      }
    },
  }
}

function isPicture(file: File): boolean {
  return file.type.startsWith('image/') || PICTURE_NAME.test(file.name)
}

/** Puts stored pictures onto the board as one step to undo, and selects them. */
export function place(editor: BoardEditor, pictures: readonly PictureToPlace[], at?: Point): void {
  if (pictures.length === 0) return
  const view = viewBox(editor.camera, editor.size)
  const laid = layPictures(pictures, at ?? centreOf(view), view, () => editor.newId())
  // What is added twice lies beside itself, not hidden below.
  const [{ x = 0, y = 0 } = {}] = laid
  let shift = 0
  while (editor.board.ordered.some((known) => known.x === x + shift && known.y === y + shift)) shift += SHIFT
  const shapes = laid.map((shape) => ({ ...shape, x: (shape.x ?? 0) + shift, y: (shape.y ?? 0) + shift }))
  // Adding took a while, and the person may be drawing by now: then the pictures come without a word.
  if (editor.doc.isInStep) {
    editor.edit(createShapes(editor.board, shapes))
    return
  }
  editor.chooseTool('select')
  editor.begin()
  const made = shapes.filter((shape) => editor.create(shape))
  editor.end()
  editor.select(made.map(({ id }) => id))
}
