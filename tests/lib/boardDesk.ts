import { BoardDocument } from '../../src/renderer/bindings/board/boardDocument'
import { BoardCommands } from '../../src/renderer/board/boardCommands'
import { BoardEditor } from '../../src/renderer/board/boardEditor'
import { pressKey } from '../../src/renderer/board/boardKeys'
import type { KeyResult } from '../../src/renderer/board/keyResult'
import type { BoardPointer } from '../../src/renderer/board/boardPointer'
import type { ToolName } from '../../src/renderer/board/toolNames'
import { estimateLayout, type Shape } from '../../src/shared/board'
import { createShapes, type NewShape } from '../../src/shared/board/ops'
import {
  recordsType,
  type RecordsOp,
  type RecordsPosition,
  type RecordsSnapshot,
} from '../../src/shared/ot/records'
import { FakeHub, FakePage } from './fakePage'
import { ManualClock } from './manualClock'

export type BoardHub = FakeHub<RecordsSnapshot, RecordsOp, RecordsPosition>

type Press = Partial<Pick<BoardPointer, 'shift' | 'alt' | 'mod' | 'kind' | 'trail'>>

/** Random enough, and the same in each run. */
function seededBytes(seed: number): (length: number) => Uint8Array {
  let state = seed
  return (length) =>
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return (state >>> 16) & 255
    })
}

export function boardHub(): BoardHub {
  return new FakeHub<RecordsSnapshot, RecordsOp, RecordsPosition>('b'.repeat(26), 'board', recordsType)
}

/** A person at a board without a screen: the zoom is 1, so screen and board coordinates are the same. */
export class BoardDesk {
  readonly page: FakePage<RecordsSnapshot, RecordsOp, RecordsPosition>
  readonly doc: BoardDocument
  readonly editor: BoardEditor
  readonly commands: BoardCommands
  readonly problems: string[] = []
  /** What keys have done. */
  readonly told: KeyResult[] = []
  readonly clock = new ManualClock(0)

  constructor(
    readonly hub: BoardHub = boardHub(),
    name = 'anna',
    auto = true,
  ) {
    const person = {
      sessionId: name,
      deviceId: name,
      personId: name,
      name,
      colour: 0,
      role: 'editor',
    } as const
    this.page = new FakePage(hub, person, auto)
    this.doc = new BoardDocument(this.page, estimateLayout)
    this.editor = new BoardEditor(this.doc, {
      randomBytes: seededBytes(name.length * 7919 + (name.codePointAt(0) ?? 0)),
      now: () => this.clock.now(),
      after: (ms, callback) => this.clock.after(ms, callback),
      onProblem: (problem) => this.problems.push(problem),
    })
    this.editor.size = { width: 1000, height: 800 }
    this.editor.snapping.set(false)
    this.commands = new BoardCommands(this.editor)
  }

  /** What is there besides what tools make. */
  put(...shapes: NewShape[]): void {
    this.doc.edit(createShapes(this.editor.board, shapes))
  }

  get shapes(): readonly Shape[] {
    return this.editor.board.ordered
  }

  shape(id: string): Shape | undefined {
    return this.editor.board.get(id)
  }

  tool(name: ToolName): this {
    this.editor.chooseTool(name)
    return this
  }

  down(x: number, y: number, press: Press = {}): this {
    this.editor.tool.down(pointer(x, y, press))
    return this
  }

  move(x: number, y: number, press: Press = {}): this {
    this.editor.tool.move(pointer(x, y, press))
    return this
  }

  up(x: number, y: number, press: Press = {}): this {
    this.editor.tool.up(pointer(x, y, press))
    return this
  }

  drag(from: readonly [number, number], to: readonly [number, number], press: Press = {}): this {
    const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]
    return this.down(...from, press)
      .move(x, y, press)
      .move(...to, press)
      .up(...to, press)
  }

  click(x: number, y: number, press: Press = {}): this {
    return this.down(x, y, press).up(x, y, press)
  }

  /** Presses keys one after the other: `Ctrl+Alt+KeyC`, `Shift+ArrowLeft`, `Enter`, `q`. False for the last one unused. */
  press(...presses: string[]): boolean {
    let isUsed = false
    for (const text of presses) {
      const parts = text.split('+')
      const name = parts.pop() ?? ''
      const letter = /^Key([A-Z])$/.exec(name)?.[1]
      const press = {
        key: letter?.toLowerCase() ?? name,
        code: /^[a-z]$/.test(name) ? `Key${name.toUpperCase()}` : name,
        ctrlKey: parts.includes('Ctrl'),
        metaKey: false,
        altKey: parts.includes('Alt'),
        shiftKey: parts.includes('Shift'),
      }
      isUsed = pressKey(press, this.editor, this.commands, (result) => this.told.push(result), false)
    }
    return isUsed
  }

  /** Presses a key of a layout: what it types and where it is. */
  pressKeyOf(key: string, code: string, ctrlKey = false): boolean {
    const held = { ctrlKey, metaKey: false, altKey: false, shiftKey: false }
    const press = { key, code, ...held }
    return pressKey(press, this.editor, this.commands, (result) => this.told.push(result), false)
  }

  doubleClick(x: number, y: number): this {
    this.editor.tool.doubleClick?.(pointer(x, y))
    return this
  }
}

function pointer(x: number, y: number, press: Press = {}): BoardPointer {
  const point = { x, y }
  return {
    point,
    screen: point,
    shift: false,
    alt: false,
    mod: false,
    kind: 'mouse',
    trail: [{ ...point, pressure: 0.5 }],
    ...press,
  }
}
