import { shallowRef, type ShallowRef } from 'vue'
import type { Point } from '../board/model'
import type { AssetClient, RoomClient } from '../../client/api'
import type { SaveState } from '../../client/status'
import type { Services } from '../app/services'
import { openPreview } from '../board/preview/openPreview'
import type { BoardPreview } from '../board/preview/boardPreview'
import type { PreviewSubject } from '../board/preview/previewKeeper'
import { BoardDocument, type BoardPage } from '../bindings/board/boardDocument'
import { createTextSetter } from '../../shared/board/textLayout'
import { BoardEditor } from '../board/boardEditor'
import { TextWidths } from '../board/draw/text'
import { boardTheme } from './board/useBoardTheme'

/**
 * How long a board waits for its picture at most, ms: to be found, and to have been on the screen once. That takes a
 * tenth of it, but what is read meanwhile can keep the window busy for a second.
 */
const PREVIEW_WAIT_MS = 1_500

/** A board that is open in this window, on the screen or kept for later with its undo history and its camera. */
export class OpenBoardPage {
  readonly page: BoardPage
  readonly saveState: ShallowRef<SaveState>
  /** The room's pictures. */
  readonly assets: AssetClient
  /**
   * Takes files that were dropped at a place of the window; returns those that a board has no use for. Set while the
   * board is on the screen.
   */
  takeDropped: ((files: readonly File[], at: Point) => readonly File[]) | undefined
  /** True while the room is connected. */
  readonly isConnected: ShallowRef<boolean>
  readonly problem = shallowRef<'board-full'>()
  /** Moves the focus onto the board; set while it is on the screen. */
  focus: (() => void) | undefined
  /** A picture of the board to look at while it is loaded, if this device has kept one. */
  readonly preview = shallowRef<BoardPreview>()
  /** True while the board, even if it is there, has to wait for {@link preview} to be seen. */
  readonly waitsForPreview = shallowRef(false)
  /** Ids of the sessions that this window follows: one person's. */
  readonly following = shallowRef<readonly string[]>([])
  /** Marks of the pictures that are kept of this board, as far as this window knows, by theme. */
  readonly #kept = new Map<string, string | undefined>()
  #onOwnMove: (() => void) | undefined
  #editor: BoardEditor | undefined
  #widths: TextWidths | undefined
  readonly #stop: () => void

  constructor(
    private readonly client: RoomClient,
    readonly pageId: string,
    private readonly services: Pick<Services, 'randomBytes' | 'clock' | 'platform'>,
  ) {
    // The engine hands a page out by its kind: boards are of the records type.
    this.assets = client.assets
    // Asked for first: it is small, and what follows it keeps the window busy.
    const theme = boardTheme()
    const preview = openPreview(services.platform.previews, { roomId: client.roomId, pageId, theme })
    this.page = client.openPage(pageId, 'board') as BoardPage
    this.saveState = shallowRef(this.page.saveState.value)
    void this.#showPreview(preview, theme)
    this.isConnected = shallowRef(client.status.value.state === 'connected')
    const stops = [
      this.page.saveState.subscribe((state) => {
        this.saveState.value = state
      }),
      client.status.subscribe(({ state }) => {
        this.isConnected.value = state === 'connected'
      }),
    ]
    this.#stop = () => {
      for (const stop of stops) stop()
    }
  }

  async #showPreview(opening: Promise<BoardPreview | undefined>, theme: string): Promise<void> {
    this.waitsForPreview.value = !this.saveState.value.loaded
    const giveUp = this.services.clock.after(PREVIEW_WAIT_MS, () => this.previewSeen())
    const preview = await opening
    if (!this.#kept.has(theme)) this.#kept.set(theme, preview?.mark)
    // Building a large board keeps the window from drawing: until then the picture has to be on the screen.
    if (preview === undefined) {
      giveUp()
      this.previewSeen()
    } else if (this.waitsForPreview.value || !this.saveState.value.loaded) this.preview.value = preview
    else preview.picture.close()
  }

  /** The picture has been on the screen, or is not waited for any more. */
  previewSeen(): void {
    this.waitsForPreview.value = false
  }

  /** The board itself is to be seen. */
  dropPreview(): void {
    this.preview.value?.picture.close()
    this.preview.value = undefined
  }

  /** What the board shows, and where pictures of it are kept. */
  get previews(): Pick<PreviewSubject, 'mark' | 'kept' | 'keep' | 'forget'> {
    const { previews } = this.services.platform
    const { roomId } = this.client
    return {
      mark: () => this.#mark(),
      kept: (theme) => this.#kept.get(theme),
      keep: async (theme, bounds, bytes, mark) => {
        await previews.put({ roomId, pageId: this.pageId, theme }, { bounds, bytes, mark })
        this.#kept.set(theme, mark)
      },
      forget: async () => {
        this.#kept.clear()
        await previews.forgetPage(roomId, this.pageId)
      },
    }
  }

  /**
   * The version that is shown and the language that frames without a title are named in; undefined with edits that have no
   * version yet, and with pictures or fonts that come when they come.
   */
  #mark(): string | undefined {
    const { version, unsent } = this.saveState.value
    const hasPictures = this.#editor === undefined || this.#editor.board.images.length > 0
    if (unsent > 0 || hasPictures || document.fonts.status === 'loading') return undefined
    return `${version} ${document.documentElement.lang}`
  }

  /** The page's editor, made at its first use. The page has to be loaded. */
  edit(): { readonly editor: BoardEditor; readonly widths: TextWidths } {
    if (this.#editor === undefined || this.#widths === undefined) {
      const context = document.createElement('canvas').getContext('2d')
      if (context === null) throw new Error('this browser cannot draw on a canvas')
      const widths = new TextWidths(context)
      // Fonts that arrive later change widths: the setter is made anew then.
      let setText = createTextSetter(widths.measure)
      widths.onForget = () => {
        setText = createTextSetter(widths.measure)
      }
      const doc = new BoardDocument(this.page, (...args) => setText(...args))
      this.#widths = widths
      this.#editor = new BoardEditor(doc, {
        randomBytes: this.services.randomBytes,
        now: () => performance.now(),
        after: (ms, callback) => this.services.clock.after(ms, callback),
        onProblem: (problem) => {
          this.problem.value = problem
        },
      })
    }
    return { editor: this.#editor, widths: this.#widths }
  }

  /** Goes where somebody goes on this page. `onOwnMove` is called when this person does something of their own. */
  follow(sessionIds: readonly string[], onOwnMove?: () => void): void {
    this.following.value = sessionIds
    this.#onOwnMove = onOwnMove
  }

  /** This person does something of their own. */
  ownMove(): void {
    if (this.following.value.length > 0) this.#onOwnMove?.()
  }

  /** The problem has been told. */
  solved(): void {
    this.problem.value = undefined
  }

  get editor(): BoardEditor | undefined {
    return this.#editor
  }

  async close(): Promise<void> {
    this.#stop()
    this.dropPreview()
    this.#editor?.dispose()
    this.#editor?.doc.dispose()
    await this.client.closePage(this.pageId)
  }
}
