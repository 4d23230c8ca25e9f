import { shallowRef, type ShallowRef } from 'vue'
import type { Point } from '../board/model'
import type { AssetClient, RoomClient } from '../../client/api'
import type { SaveState } from '../../client/status'
import type { Services } from '../app/services'
import { BoardDocument, type BoardPage } from '../bindings/board/boardDocument'
import { createTextSetter } from '../../shared/board/textLayout'
import { BoardEditor } from '../board/boardEditor'
import { TextWidths } from '../board/draw/text'

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
  /** Ids of the sessions that this window follows: one person's. */
  readonly following = shallowRef<readonly string[]>([])
  #onOwnMove: (() => void) | undefined
  #editor: BoardEditor | undefined
  #widths: TextWidths | undefined
  readonly #stop: () => void

  constructor(
    private readonly client: RoomClient,
    readonly pageId: string,
    private readonly services: Pick<Services, 'randomBytes'>,
  ) {
    // The engine hands a page out by its kind: boards are of the records type.
    this.assets = client.assets
    this.page = client.openPage(pageId, 'board') as BoardPage
    this.saveState = shallowRef(this.page.saveState.value)
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
    this.#editor?.dispose()
    this.#editor?.doc.dispose()
    await this.client.closePage(this.pageId)
  }
}
