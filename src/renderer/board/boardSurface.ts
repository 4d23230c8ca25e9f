import type { BoardPerson, BoardPresence } from '../bindings/board/boardPresence'
import type { BoardCommands } from './boardCommands'
import type { BoardEditor } from './boardEditor'
import { BoardRenderer, type NextFrame } from './boardRenderer'
import { CarriedPicture } from './carriedPicture'
import { boardColours, type BoardColours, type ThemeName } from './draw/colours'
import { paintCarried, paintLifted, paintResting, type Scene } from './draw/paintScene'
import type { TextWidths } from './draw/text'
import { LiftedShapes } from './liftedShapes'
import { paintOverlay } from './overlay'
import { NameFlags } from './nameFlags'
import { OthersOnBoard } from './othersOnBoard'
import { PlaceTeller } from './placeTeller'
import { pointerActions } from './pointerActions'
import { PointerInput, type PointerActions } from './pointerInput'
import { BoardPictures } from './pictures/boardPictures'
import type { Pictures } from './pictures/pictures'
import type { BoardPreview } from './preview/boardPreview'
import { PreviewKeeper, type PreviewSubject } from './preview/previewKeeper'
import { surfaceScene } from './surfaceScene'
import { Trails } from './trails'
import type { DrawContext } from './draw/drawShape'

export interface SurfaceOptions {
  readonly host: HTMLElement
  readonly base: HTMLCanvasElement
  readonly overlay: HTMLCanvasElement
  readonly editor: BoardEditor
  readonly commands: BoardCommands
  readonly presence: BoardPresence
  readonly widths: TextWidths
  readonly pictures: Pictures
  readonly nextFrame: NextFrame
  readonly now: () => number
  /** Calls back after a time in ms; the returned function gives it up. */
  readonly after: (ms: number, callback: () => void) => () => void
  readonly isMac: boolean
  readonly theme: ThemeName
  /** Shown until the board has been painted. */
  readonly preview?: BoardPreview | undefined
  /** Pictures of the board are kept there, for the next time. */
  readonly previews?: Pick<PreviewSubject, 'mark' | 'kept' | 'keep' | 'forget'>
  /** All in view has been painted for the first time. */
  onShown?(): void
  /** Title of a frame without one, in the person's language. */
  untitledFrame(): string
  /** A person's colours, by the index in the palette. */
  personColours(colour: number): { readonly tone: string; readonly onTone: string }
  readonly onFrame?: (ms: number) => void
}

/** A board on the screen: draws what the editor shows, and gives it what pointers do. */
export class BoardSurface {
  readonly input: PointerInput
  readonly renderer: BoardRenderer
  readonly #options: SurfaceOptions
  readonly #lifted: LiftedShapes
  readonly #carried: CarriedPicture
  readonly #trails: Trails
  readonly #others: OthersOnBoard
  readonly #flags = new NameFlags(() => this.#density)
  /** Device pixels for each CSS pixel. */
  #density = 1
  readonly #pictures: BoardPictures
  readonly #place: PlaceTeller
  readonly #actions: PointerActions
  readonly #stops: (() => void)[] = []
  #colours: BoardColours
  #hasNews = false
  #preview: BoardPreview | undefined
  readonly #keeper: PreviewKeeper | undefined

  constructor(options: SurfaceOptions) {
    this.#options = options
    const { editor, presence, nextFrame, now } = options
    this.#colours = boardColours(options.theme)
    this.#preview = options.preview
    this.#trails = new Trails(now)
    this.#others = new OthersOnBoard(editor, this.#trails, options.widths.measure, options.personColours, now)
    const scene = surfaceScene(options, {
      colours: () => this.#colours,
      lifted: () => this.#lifted,
      carried: () => this.#carried,
    })
    this.#carried = new CarriedPicture(
      () => editor.board,
      (box) => this.renderer.invalidate(box),
      (context, area, scale, shapes) => paintCarried(context, area, scale, shapes, scene),
      now,
    )
    this.renderer = new BoardRenderer(
      options.base,
      options.overlay,
      this.#source(scene),
      nextFrame,
      now,
      options.onFrame,
    )
    if (options.previews !== undefined) {
      const subject: PreviewSubject = {
        ...options.previews,
        isPlain: () =>
          !editor.grid.value &&
          editor.editing.value === undefined &&
          this.#carried.box === undefined &&
          this.#lifted.shapes.length === 0,
        isEmpty: () => editor.board.bounds === undefined,
        theme: () => this.#colours.theme,
        take: (maxSide) => this.renderer.copyOverview(maxSide),
        paint: () => this.renderer.touch(),
      }
      this.#keeper = new PreviewKeeper(subject, options.after)
    }
    this.#lifted = new LiftedShapes(
      () => editor.board,
      now,
      (box) => this.renderer.invalidate(box),
    )
    this.#place = new PlaceTeller(editor, presence)
    this.#actions = pointerActions(editor, options.commands, {
      host: options.host,
      pointAt: (point) => this.#place.pointAt(point),
      setCursor: (cursor) => this.#setCursor(cursor),
      pressPicture: (point) => this.#pictures.press(point),
    })
    this.input = new PointerInput(options.host, this.#actions, options.isMac, options.after)
    this.#pictures = new BoardPictures(options.pictures, editor, now, (box) => {
      this.#carried.forget()
      this.renderer.invalidate(box)
    })
    editor.onLaser = (at) => {
      if (at === undefined) this.#trails.end('self')
      else this.#trails.add('self', this.#colours.guide, at)
      this.#place.lightAt(at)
      this.renderer.touchOverlay()
    }
    this.#stops.push(
      editor.doc.onNews((news) => {
        this.#hasNews = true
        this.#lifted.take(news, (id) => this.#carried.has(id))
        this.#carried.take(news.removed)
        if (news.isRemote) this.#others.touch(news.before.keys())
        this.renderer.touch()
      }),
      editor.cameraState.subscribe((camera) => {
        this.renderer.setCamera(camera)
        this.#place.tell()
      }),
      editor.selection.subscribe(() => {
        this.renderer.touchOverlay()
        this.#place.tell()
      }),
      editor.feedback.subscribe(({ cursor, carried }) => {
        this.#setCursor(cursor)
        if (this.#carried.carry(carried)) this.renderer.touch()
        this.renderer.touchOverlay()
      }),
      editor.toolName.subscribe(() => {
        this.#setCursor(undefined)
        this.renderer.touchOverlay()
      }),
      editor.editing.subscribe(() => {
        this.#paintLabelAgain()
        this.renderer.touchOverlay()
      }),
      editor.keyPointer.at.subscribe((at) => {
        if (at !== undefined) this.#place.pointAt(at)
        this.renderer.touchOverlay()
      }),
      editor.grid.subscribe(() => this.renderer.invalidateAll()),
      presence.others.subscribe((people) => this.#showOthers(people)),
    )
    this.#setCursor(undefined)
    this.#showOthers(presence.others.value)
  }

  /** The editor's view has another size, or the screen another density. */
  resize(density: number): void {
    this.#density = density
    const { editor } = this.#options
    this.renderer.setCamera(editor.camera)
    this.renderer.resize(editor.size, density)
    this.#place.tell()
  }

  setTheme(theme: ThemeName): void {
    this.#colours = boardColours(theme)
    this.#carried.forget()
    this.#showOthers(this.#options.presence.others.value)
    this.#preview = undefined
    this.renderer.invalidateAll()
  }

  /** The language is another one. */
  repaint(): void {
    this.renderer.repaintAll()
  }

  /** Fonts have been loaded. */
  readAgain(): void {
    this.#options.widths.forget()
    this.#flags.forget()
    this.#carried.forget()
    this.#options.editor.doc.readAgain()
    this.#hasNews = true
    this.renderer.repaintAll()
  }

  /** True where a finger that rests asks for the menu. */
  get hasLongPress(): boolean {
    return this.#actions.hasLongPress
  }

  /** The caret in a label has moved. */
  tellCaret(offset: number): void {
    this.#place.writeAt(offset)
  }

  stop(): void {
    for (const stop of this.#stops) stop()
    this.input.stop()
    this.#pictures.stop()
    this.#keeper?.stop()
    this.renderer.stop()
    this.#options.editor.onLaser = undefined
    this.#options.presence.leave()
  }

  #source(scene: Scene) {
    const { editor } = this.#options
    const surface = { colours: () => this.#colours, preview: () => this.#preview }
    return {
      get paper() {
        return surface.colours().paper
      },
      get bounds() {
        return editor.board.bounds
      },
      get preview() {
        return surface.preview()
      },
      onShown: () => {
        this.#preview = undefined
        this.#options.onShown?.()
      },
      onChange: () => this.#keeper?.changed(),
      onOverview: () => this.#keeper?.painted(),
      settle: () => {
        if (this.#lifted.settle()) this.#later(() => this.renderer.touch())
      },
      paintArea: (
        context: OffscreenCanvasRenderingContext2D,
        area: Parameters<Scene['shapesIn']>[0],
        scale: number,
      ) => paintResting(context, area, scale, scene),
      paintMoving: (context: DrawContext, view: Parameters<Scene['shapesIn']>[0], scale: number) => {
        paintLifted(context, scale, scene)
        if (!this.#carried.draw(context, view, scale)) this.#later(() => this.renderer.touch())
        this.#pictures.see()
        if (this.#hasNews) {
          this.#hasNews = false
          editor.revision.set(editor.revision.value + 1)
          this.#showOthers(this.#options.presence.others.value)
        }
      },
      paintOverlay: (context: DrawContext, camera: BoardEditor['camera'], size: BoardEditor['size']) => {
        const { marquee, guides, holder, hovered, isDragging } = editor.feedback.value
        paintOverlay(context, camera, size, {
          colours: this.#colours,
          selected: this.#carried.box === undefined ? editor.selectedShapes : [],
          carried: this.#carried.box,
          hasHandles:
            !isDragging &&
            editor.canWrite.value &&
            editor.toolName.value === 'select' &&
            editor.editing.value === undefined,
          marquee,
          guides,
          holder,
          hovered,
          others: this.#others.list,
          flags: this.#flags,
          trails: this.#trails.list,
          keyPointer: editor.keyPointer.at.value,
          now: this.#options.now(),
        })
        if (this.#others.letGo()) this.#later(() => this.#showOthers(this.#options.presence.others.value))
        if (this.#trails.fade()) this.#later(() => this.renderer.touchOverlay())
      },
    }
  }

  /** After this frame: what is drawn asks for the next one. */
  #later(callback: () => void): void {
    queueMicrotask(callback)
  }

  #setCursor(cursor: string | undefined): void {
    const { editor, host } = this.#options
    host.style.cursor = cursor ?? editor.feedback.value.cursor ?? editor.tool.cursor
  }

  #showOthers(people: readonly BoardPerson[]): void {
    this.#others.show(people)
    this.renderer.touchOverlay()
  }

  /** The label that is edited leaves the picture, and the one that was comes back. */
  #paintLabelAgain(): void {
    const { editor } = this.#options
    for (const id of [this.#edited, editor.editing.value]) {
      const shape = id === undefined ? undefined : editor.board.get(id)
      if (shape !== undefined) this.#lifted.repaint(shape)
    }
    this.#edited = editor.editing.value
    this.renderer.touch()
  }
  #edited: string | undefined
}
