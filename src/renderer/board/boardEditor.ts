import { Variable } from '../../client/observable'
import { MAX_RECORDS, type Board } from '../../shared/board'
import { createShape, settleInFrames, type NewShape } from '../../shared/board/ops'
import { createId, type RandomBytes } from '../../shared/identity/keys'
import type { ImageShape } from '../../shared/board/shape'
import type { RecordsOp } from '../../shared/ot/records'
import type { BoardDocument, BoardNews } from '../bindings/board/boardDocument'
import { labelStep } from '../bindings/board/labelBinding'
import { HOME, type Camera, type ScreenSize } from './camera'
import { KeyboardPointer } from './keyboardPointer'
import type { Box, Point, Shape } from './model'
import { FIRST_STYLE, type NextStyle } from './nextStyle'
import { createTools } from './tools/createTools'
import type { Tool } from './tools/tool'
import { NO_FEEDBACK, type Feedback, type ToolHost } from './tools/toolHost'
import type { ToolName } from './toolNames'

/** What the editor asks of the place it is shown in. */
export interface EditorSurroundings {
  readonly randomBytes: RandomBytes
  /** Milliseconds, rising. */
  readonly now: () => number
  /** Calls back after a time in ms; the returned function gives it up. */
  readonly after: (ms: number, callback: () => void) => () => void
  /** Something could not be done. */
  readonly onProblem: (problem: 'board-full') => void
}

/**
 * One person's view of one board: the camera, what is selected, which tool is in hand. Everything a component shows
 * is a variable here; tools see it as their {@link ToolHost}.
 */
export class BoardEditor implements ToolHost {
  readonly cameraState = new Variable<Camera>(HOME)
  readonly toolName = new Variable<ToolName>('select')
  /** Whether the tool stays after it has made something. */
  readonly keepsTool = new Variable(false)
  readonly selection = new Variable<readonly string[]>([])
  readonly nextStyle = new Variable<NextStyle>(FIRST_STYLE)
  readonly feedback = new Variable<Feedback>(NO_FEEDBACK)
  /** The shape whose label is being edited. */
  readonly editing = new Variable<string | undefined>(undefined)
  readonly grid = new Variable(false)
  readonly snapping = new Variable(true)
  readonly canWrite = new Variable(true)
  /** Counts changes of shapes, at most one a frame: components read the board again. */
  readonly revision = new Variable(0)
  /** The size of what is on the screen, in CSS pixels. */
  size: ScreenSize = { width: 1, height: 1 }
  /** Where the pointer is over the board, in CSS pixels from its top left corner; undefined while it is elsewhere. */
  pointerAt: Point | undefined
  /** True once the camera has been placed. */
  isPlaced = false
  /**
   * What a followed person sees. Others are told this as one's own view: two who follow each other, on screens of
   * different sizes, would otherwise zoom each other out without end.
   */
  followedView: Box | undefined
  /** Called with each place the laser goes to, and with undefined when it goes out. */
  onLaser: ((at: Point | undefined) => void) | undefined
  /** Asks the person for pictures, and puts them onto the board. */
  askForPictures: (() => void) | undefined
  /** Asks once more for a picture that could not be fetched; false for others. */
  retryPicture: ((picture: ImageShape) => boolean) | undefined
  /** Called when this person does anything that ends following somebody. */
  onOwnMove: (() => void) | undefined
  /** For drawing without a mouse. */
  readonly keyPointer: KeyboardPointer
  readonly #tools: Readonly<Record<ToolName, Tool>>
  readonly #stop: () => void
  /** Made since `begin`. */
  #made: string[] = []
  #isInStep = false
  /** Where one's own steps were before the text was made that is being written. */
  #madeAt: number | undefined
  /** The tool in whose place a pen's eraser end is used. */
  #lent: ToolName | undefined

  constructor(
    readonly doc: BoardDocument,
    private readonly surroundings: EditorSurroundings,
  ) {
    this.#tools = createTools(this)
    this.keyPointer = new KeyboardPointer(this)
    this.#stop = doc.onNews((news) => this.#take(news))
  }

  get board(): Board {
    return this.doc.board
  }

  get camera(): Camera {
    return this.cameraState.value
  }

  get style(): NextStyle {
    return this.nextStyle.value
  }

  get isSnapping(): boolean {
    return this.snapping.value
  }

  get hasGrid(): boolean {
    return this.grid.value
  }

  get selected(): readonly string[] {
    return this.selection.value
  }

  get tool(): Tool {
    return this.#tools[this.toolName.value]
  }

  get selectedShapes(): readonly Shape[] {
    return this.selected.map((id) => this.board.get(id)).filter((shape) => shape !== undefined)
  }

  now(): number {
    return this.surroundings.now()
  }

  after(ms: number, callback: () => void): () => void {
    return this.surroundings.after(ms, callback)
  }

  newId(): string {
    return createId(this.surroundings.randomBytes)
  }

  select(ids: Iterable<string>): void {
    const next = [...new Set(ids)].filter((id) => this.board.get(id) !== undefined)
    const old = this.selection.value
    if (next.length === old.length && next.every((id, index) => id === old[index])) return
    this.doc.seal()
    this.selection.set(next)
  }

  edit(op: RecordsOp, mergeKey?: string): void {
    if (this.canWrite.value) this.doc.edit(op, mergeKey)
  }

  begin(): void {
    this.#isInStep = true
    this.#made = []
    this.doc.begin()
  }

  end(): void {
    this.#isInStep = false
    this.edit(settleInFrames(this.board, this.#made))
    this.#made = []
    this.doc.end()
  }

  cancel(): void {
    this.#isInStep = false
    this.#made = []
    if (this.canWrite.value) this.doc.cancel()
    else this.doc.end()
  }

  /** Lets this person write, or only look: then what they have in hand ends where it was edited last. */
  allowWriting(isAllowed: boolean): void {
    this.canWrite.set(isAllowed)
    if (isAllowed) return
    this.stopEditing()
    this.chooseTool('hand')
  }

  /** Ends what is being made: of a line made by clicks stays what stands, all else is taken back. */
  putDown(): void {
    this.stopEditing()
    this.tool.leave?.()
    this.tool.cancel()
    this.keyPointer.hide()
  }

  hasRoom(count = 1): boolean {
    // Deleted shapes count until they are purged, as they do for the authority.
    if (this.board.snapshot.records.size + count <= MAX_RECORDS) return true
    this.surroundings.onProblem('board-full')
    return false
  }

  create(shape: NewShape): boolean {
    if (!this.canWrite.value || !this.hasRoom()) return false
    const isAlone = !this.#isInStep
    if (isAlone) this.begin()
    this.doc.edit(createShape(this.board, shape))
    this.#made.push(shape.id)
    if (isAlone) this.end()
    return true
  }

  show(feedback: Partial<Feedback>): void {
    const old = this.feedback.value
    const keys = Object.keys(feedback) as (keyof Feedback)[]
    if (keys.some((key) => feedback[key] !== old[key])) this.feedback.set({ ...old, ...feedback })
  }

  chooseTool(name: ToolName): void {
    if (name === this.toolName.value) return
    this.putDown()
    this.feedback.set(NO_FEEDBACK)
    this.toolName.set(name)
    if (name !== 'select' && name !== 'hand') this.select([])
  }

  /** Erases with the eraser end of a pen, whatever tool is chosen. */
  borrowEraser(): void {
    if (this.toolName.value === 'eraser') return
    this.#lent = this.toolName.value
    this.chooseTool('eraser')
  }

  /** The pen is lifted: the tool it had taken the place of comes back. */
  returnEraser(): void {
    const lent = this.#lent
    this.#lent = undefined
    if (lent !== undefined) this.chooseTool(lent)
  }

  finish(made: readonly string[]): void {
    if (this.keepsTool.value) return
    this.keyPointer.hide()
    this.toolName.set('select')
    this.feedback.set(NO_FEEDBACK)
    this.select(made)
  }

  editLabel(id: string): void {
    if (!this.canWrite.value || this.board.get(id) === undefined || this.editing.value === id) return
    this.select([id])
    this.#madeAt = undefined
    this.editing.set(id)
  }

  writeText(text: NewShape): void {
    const { mark } = this.doc
    if (!this.create(text)) return
    this.finish([text.id])
    this.editLabel(text.id)
    this.#madeAt = mark
  }

  /** Ends editing a label; a text without letters goes. */
  stopEditing(): void {
    const id = this.editing.value
    if (id === undefined) return
    this.editing.set(undefined)
    const shape = this.board.get(id)
    // One step with the last that was written: without its letters nobody would see it come back.
    if (shape?.type === 'text' && shape.label === '') this.edit({ [id]: { deleted: true } }, labelStep(id))
    if (this.#madeAt !== undefined) this.doc.join(this.#madeAt)
    this.doc.seal()
  }

  laser(at: Point | undefined): void {
    this.onLaser?.(at)
  }

  setCamera(camera: Camera, isOwn = true): void {
    this.isPlaced = true
    if (isOwn) this.onOwnMove?.()
    this.cameraState.set(camera)
  }

  /** Takes one's own last step back; while a label is open, only what was written in it. */
  undo(): void {
    if (this.canWrite.value) this.#showTouched(this.doc.undo(this.editing.value))
  }

  /** Does again what {@link undo} took back last. */
  redo(): void {
    if (this.canWrite.value) this.#showTouched(this.doc.redo(this.editing.value))
  }

  dispose(): void {
    this.putDown()
    this.#stop()
  }

  /** What was taken back is what one looks at next. */
  #showTouched(ids: readonly string[]): void {
    if (ids.length > 0 && this.toolName.value === 'select') this.select(ids)
  }

  #take({ removed }: BoardNews): void {
    const editing = this.editing.value
    if (editing !== undefined && removed.has(editing)) this.editing.set(undefined)
    if (this.selection.value.some((id) => removed.has(id))) {
      this.selection.set(this.selection.value.filter((id) => !removed.has(id)))
    }
  }
}
