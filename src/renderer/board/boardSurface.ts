import { viewBox } from './camera'
import { clippingFrame } from '../../shared/board/ops'
import type { BoardPerson, BoardPresence } from '../bindings/board/boardPresence'
import type { BoardCommands } from './boardCommands'
import type { BoardEditor } from './boardEditor'
import { BoardRenderer, type NextFrame } from './boardRenderer'
import { panBy } from './camera'
import { boardColours, type BoardColours, type ThemeName } from './draw/colours'
import { paintLifted, paintResting, type Scene } from './draw/paintScene'
import type { TextWidths } from './draw/text'
import { LiftedShapes } from './liftedShapes'
import type { Point } from './model'
import { paintOverlay } from './overlay'
import { OthersOnBoard } from './othersOnBoard'
import type { BoardPointer } from './boardPointer'
import { PointerInput, type PointerActions } from './pointerInput'
import { BoardPictures } from './pictures/boardPictures'
import type { Pictures } from './pictures/pictures'
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
  readonly #trails: Trails
  readonly #others: OthersOnBoard
  readonly #pictures: BoardPictures
  readonly #stops: (() => void)[] = []
  #colours: BoardColours
  #pointer: Point | undefined
  #hasNews = false
  #isLasering = false

  constructor(options: SurfaceOptions) {
    this.#options = options
    const { editor, presence, nextFrame, now } = options
    this.#colours = boardColours(options.theme)
    this.#trails = new Trails(now)
    this.#others = new OthersOnBoard(editor, this.#trails, options.widths.measure, options.personColours, now)
    this.renderer = new BoardRenderer(
      options.base,
      options.overlay,
      this.#source(),
      nextFrame,
      now,
      options.onFrame,
    )
    this.#lifted = new LiftedShapes(
      () => editor.board,
      now,
      (box) => this.renderer.invalidate(box),
    )
    this.input = new PointerInput(options.host, this.#actions(), options.isMac, options.after)
    this.#pictures = new BoardPictures(options.pictures, editor, now, (box) => this.renderer.invalidate(box))
    editor.onLaser = (at) => {
      this.#isLasering = at !== undefined
      if (at !== undefined) {
        this.#trails.add('self', this.#colours.guide, at)
        this.#pointer = at
      }
      this.#tell()
      this.renderer.touchOverlay()
    }
    this.#stops.push(
      editor.doc.onNews((news) => {
        this.#hasNews = true
        this.#lifted.take(news)
        if (news.isRemote) this.#others.touch(news.before.keys())
        this.renderer.touch()
      }),
      editor.cameraState.subscribe((camera) => {
        this.renderer.setCamera(camera)
        this.#tell()
      }),
      editor.selection.subscribe(() => {
        this.renderer.touchOverlay()
        this.#tell()
      }),
      editor.feedback.subscribe(({ cursor }) => {
        this.#setCursor(cursor)
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
        if (at !== undefined) {
          this.#pointer = at
          this.#tell()
        }
        this.renderer.touchOverlay()
      }),
      editor.grid.subscribe(() => this.renderer.invalidateAll()),
      presence.others.subscribe((people) => this.#showOthers(people)),
    )
    this.#setCursor(undefined)
    this.#showOthers(presence.others.value)
  }

  resize(width: number, height: number, density: number): void {
    const { editor } = this.#options
    editor.size = { width, height }
    this.renderer.setCamera(editor.camera)
    this.renderer.resize(editor.size, density)
    this.#tell()
  }

  setTheme(theme: ThemeName): void {
    this.#colours = boardColours(theme)
    this.#showOthers(this.#options.presence.others.value)
    this.renderer.invalidateAll()
  }

  /** Fonts have been loaded. */
  readAgain(): void {
    this.#options.widths.forget()
    this.#options.editor.doc.readAgain()
    this.#hasNews = true
    this.renderer.invalidateAll()
  }

  /** True where a finger that rests asks for the menu. */
  get hasLongPress(): boolean {
    const { value } = this.#options.editor.toolName
    return value === 'select' || value === 'hand'
  }

  /** The caret in a label has moved. */
  tellCaret(offset: number): void {
    this.#caret = offset
    this.#tell()
  }
  #caret: number | undefined

  stop(): void {
    for (const stop of this.#stops) stop()
    this.input.stop()
    this.#pictures.stop()
    this.renderer.stop()
    this.#options.editor.onLaser = undefined
    this.#options.presence.leave()
  }

  #source() {
    const { editor, widths, pictures } = this.#options
    const surface = {
      colours: () => this.#colours,
      lifted: () => this.#lifted,
    }
    const scene: Scene = {
      get colours() {
        return surface.colours()
      },
      get hasGrid() {
        return editor.grid.value
      },
      get editing() {
        return editor.editing.value
      },
      get lifted() {
        return surface.lifted().shapes
      },
      measure: widths.measure,
      pictures,
      shapesIn: (area) => editor.board.search(area),
      isLifted: (id) => surface.lifted().has(id),
      frameOf: (shape) => clippingFrame(editor.board, shape)?.box,
    }
    return {
      get paper() {
        return surface.colours().paper
      },
      get bounds() {
        return editor.board.bounds
      },
      settle: () => {
        if (this.#lifted.settle()) this.#later(() => this.renderer.touch())
      },
      paintArea: (
        context: OffscreenCanvasRenderingContext2D,
        area: Parameters<Scene['shapesIn']>[0],
        scale: number,
      ) => paintResting(context, area, scale, scene),
      paintMoving: (context: DrawContext, _view: unknown, scale: number) => {
        paintLifted(context, scale, scene)
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
          selected: editor.selectedShapes,
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

  #actions(): PointerActions {
    const { editor, commands, host } = this.#options
    const surface = { hasLongPress: () => this.hasLongPress }
    const remember = ({ point }: BoardPointer): void => {
      this.#pointer = point
      this.#tell()
    }
    return {
      get camera() {
        return editor.camera
      },
      get isHand() {
        return editor.toolName.value === 'hand'
      },
      get hasLongPress() {
        return surface.hasLongPress()
      },
      panBy: (dx, dy) => editor.setCamera(panBy(editor.camera, dx, dy)),
      zoomBy: (factor, at) => commands.zoomBy(factor, at),
      down: (pointer) => {
        host.focus({ preventScroll: true })
        editor.stopEditing()
        editor.onOwnMove?.()
        if (pointer.isEraser === true && editor.canWrite.value) editor.borrowEraser()
        const changesNothing = ['select', 'laser'].includes(editor.toolName.value)
        if (editor.canWrite.value || changesNothing) editor.tool.down(pointer)
      },
      move: (pointer) => {
        remember(pointer)
        editor.tool.move(pointer)
      },
      up: (pointer) => {
        editor.tool.up(pointer)
        editor.returnEraser()
      },
      cancel: () => {
        editor.tool.cancel()
        editor.returnEraser()
      },
      longPress: ({ x: clientX, y: clientY }) =>
        host.dispatchEvent(
          new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX, clientY, button: 2 }),
        ),
      doubleClick: (pointer) => {
        if (this.#pictures.press(pointer.point)) return
        if (editor.canWrite.value) editor.tool.doubleClick?.(pointer)
      },
      hover: (pointer) => {
        if (!editor.keyPointer.isDown) editor.keyPointer.hide()
        remember(pointer)
        editor.tool.hover?.(pointer)
      },
      leave: () => {
        this.#pointer = undefined
        editor.show({ hovered: undefined })
        this.#tell()
      },
      setCursor: (cursor) => this.#setCursor(cursor),
    }
  }

  #setCursor(cursor: string | undefined): void {
    const { editor, host } = this.#options
    host.style.cursor = cursor ?? editor.feedback.value.cursor ?? editor.tool.cursor
  }

  #tell(): void {
    const { editor, presence } = this.#options
    const { editing } = editor
    presence.tell({
      pointer: this.#pointer,
      isLaser: this.#isLasering,
      view: editor.followedView ?? viewBox(editor.camera, editor.size),
      selected: editor.selected,
      caret:
        editing.value === undefined || this.#caret === undefined
          ? undefined
          : { shapeId: editing.value, offset: this.#caret },
    })
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
