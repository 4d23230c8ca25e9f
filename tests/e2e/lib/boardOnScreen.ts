import { expect, type Locator, type Page } from '@playwright/test'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Board } from '../../../src/shared/board'
import { CLIPBOARD_TYPE, createShapes, type NewShape } from '../../../src/shared/board/ops'
import { recordsType } from '../../../src/shared/ot/records'
import type { ToolName } from '../../../src/renderer/board/toolNames'

/** Kind of clipboard entry that shapes have. */
const SHAPES_TYPE = 'application/x-inkroom-shapes'

/** A place on the board, in board units. */
export type Place = readonly [x: number, y: number]

const copiedSchema = z.object({ records: z.record(z.string(), z.record(z.string(), z.unknown())) })

/** One shape as it is copied: its kind and its properties, texts and points. */
export type CopiedShape = z.infer<typeof copiedSchema>['records'][string]

/**
 * Somebody's whiteboard: drawn on with mouse and keys, read by copying all of it. An empty board is opened with its
 * origin in the middle at 100 %; places are told from there, so they hold until somebody moves the paper.
 */
export class BoardOnScreen {
  readonly surface: Locator
  readonly label: Locator
  readonly undoButton: Locator
  /** How large the board is shown, in per cent. */
  readonly zoom: Locator

  constructor(readonly page: Page) {
    this.surface = page.getByTestId('board-surface')
    this.label = page.getByTestId('board-label')
    this.undoButton = page.getByTestId('board-undo')
    this.zoom = page.getByTestId('board-zoom')
  }

  /** Makes the room's first board and waits until it can be drawn on. */
  async createFirst(): Promise<void> {
    await this.page.getByTestId('board-first').click()
    await this.isOpen()
  }

  /** Makes a board beside the pages there are. */
  async create(): Promise<void> {
    await this.page.getByTestId('board-new').click()
    await this.isOpen()
  }

  async isOpen(): Promise<void> {
    await expect(this.surface).toBeVisible({ timeout: 20_000 })
  }

  async focus(): Promise<void> {
    await this.surface.focus()
  }

  /** Chooses a tool by its button. */
  async choose(tool: ToolName): Promise<void> {
    const button = this.page.getByTestId(`tool-${tool}`)
    await button.click()
    await expect(button).toHaveAttribute('aria-pressed', 'true')
  }

  /** Where a place of the board is in the window. */
  async at([x, y]: Place): Promise<{ x: number; y: number }> {
    const box = await this.surface.boundingBox()
    if (box === null) throw new Error('there is no board on the screen')
    return { x: box.x + box.width / 2 + x, y: box.y + box.height / 2 + y }
  }

  /** Presses the mouse at the first place, goes through the others and lets go at the last. */
  async drag(places: readonly [Place, ...Place[]], steps = 6): Promise<void> {
    await this.press(places, steps)
    await this.page.mouse.up()
  }

  /** The same without letting go. */
  async press([first, ...others]: readonly [Place, ...Place[]], steps = 6): Promise<void> {
    await this.move([first], 1)
    await this.page.mouse.down()
    await this.move(others, steps)
  }

  /** Puts fingers down at the first places, moves them through the others and lifts them at the last. */
  async touch(places: readonly (readonly Place[])[]): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page)
    for (const [index, fingers] of places.entries()) {
      const touchPoints = await Promise.all(fingers.map((place) => this.at(place)))
      await session.send('Input.dispatchTouchEvent', {
        type: index === 0 ? 'touchStart' : 'touchMove',
        touchPoints: touchPoints.map((point, id) => ({ ...point, id })),
      })
    }
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await session.detach()
  }

  /** Moves the mouse through places, as a hand does. */
  async move(places: readonly Place[], steps = 6): Promise<void> {
    for (const place of places) {
      const { x, y } = await this.at(place)
      await this.page.mouse.move(x, y, { steps })
    }
  }

  async click(place: Place, options: { readonly modifiers?: readonly 'Shift'[] } = {}): Promise<void> {
    const { x, y } = await this.at(place)
    for (const key of options.modifiers ?? []) await this.page.keyboard.down(key)
    await this.page.mouse.click(x, y)
    for (const key of options.modifiers ?? []) await this.page.keyboard.up(key)
  }

  async doubleClick(place: Place): Promise<void> {
    const { x, y } = await this.at(place)
    await this.page.mouse.dblclick(x, y)
  }

  /** Draws a shape with a tool and goes back to the select tool with nothing selected. */
  async draw(tool: ToolName, places: readonly [Place, ...Place[]]): Promise<void> {
    await this.choose(tool)
    await this.drag(places)
    await this.rest()
  }

  /** Places what is written with a click of its tool, writes and leaves it. */
  async placeWith(tool: 'note' | 'text', place: Place, text: string): Promise<void> {
    await this.choose(tool)
    await this.click(place)
    await this.finishWriting(text)
  }

  /** Opens the label of what is at a place, writes and leaves it. */
  async write(place: Place, text: string): Promise<void> {
    await this.startWriting(place)
    await this.finishWriting(text)
  }

  private async finishWriting(text: string): Promise<void> {
    await expect(this.label).toBeFocused()
    await this.page.keyboard.insertText(text)
    await this.page.keyboard.press('Escape')
    await expect(this.label).toBeHidden()
    await this.rest()
  }

  /** Opens the label of what is at a place, with the caret behind it. */
  async startWriting(place: Place): Promise<void> {
    await this.doubleClick(place)
    await expect(this.label).toBeFocused()
    await this.page.keyboard.press('Control+End')
  }

  /** The select tool with nothing selected and the pointer out of the way. */
  async rest(): Promise<void> {
    await this.focus()
    await this.page.keyboard.press('v')
    await this.page.keyboard.press('Escape')
    await this.page.mouse.move(0, 0)
  }

  /**
   * All shapes by their ids, as a copy of everything holds them: the same on every screen that shows the same.
   * What is selected afterwards is nothing.
   */
  async shapes(): Promise<ReadonlyMap<string, CopiedShape>> {
    const text = await this.copyOfAll()
    if (text === '') return new Map()
    return new Map(Object.entries(copiedSchema.parse(JSON.parse(text)).records))
  }

  async shape(id: string): Promise<CopiedShape> {
    const shape = (await this.shapes()).get(id)
    if (shape === undefined) throw new Error(`there is no shape ${id} on the board`)
    return shape
  }

  /** Waits for a shape that was not there before, and returns it with its id. */
  async newShape(before: ReadonlyMap<string, CopiedShape>): Promise<readonly [id: string, CopiedShape]> {
    const find = async () => [...(await this.shapes())].find(([id]) => !before.has(id))
    await expect.poll(find).toBeDefined()
    const found = await find()
    if (found === undefined) throw new Error('the new shape has gone again')
    return found
  }

  /** Digest of everything on the board. */
  async digest(): Promise<string> {
    return createHash('sha256')
      .update(await this.copyOfAll())
      .digest('hex')
  }

  /** Waits until there are so many shapes, and returns them. */
  async has(count: number, timeout = 10_000): Promise<ReadonlyMap<string, CopiedShape>> {
    await expect.poll(async () => (await this.shapes()).size, { timeout }).toBe(count)
    return this.shapes()
  }

  /** Pastes a file as it is on the clipboard after copying a picture elsewhere. */
  async pastePicture(bytes: Buffer, name = 'picture.png'): Promise<void> {
    await this.focus()
    await this.surface.evaluate(
      (surface, file) => {
        const clipboardData = new DataTransfer()
        const content = Uint8Array.from(atob(file.base64), (char) => char.charCodeAt(0))
        clipboardData.items.add(new File([content], file.name, { type: 'image/png' }))
        surface.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      },
      { base64: bytes.toString('base64'), name },
    )
  }

  async selectAll(): Promise<void> {
    await this.focus()
    await this.page.keyboard.press('Control+a')
  }

  /** Pastes shapes into the middle of what is seen, and selects nothing. */
  async paste(shapes: readonly NewShape[]): Promise<void> {
    const text = clipboardOf(shapes)
    await this.focus()
    await this.surface.evaluate(
      (surface, [type, data]) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData(type, data)
        surface.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      },
      [SHAPES_TYPE, text] as const,
    )
    await this.rest()
  }

  /** The picture of the paper, without the panels over it. */
  async picture(): Promise<Buffer> {
    return this.surface.screenshot({
      style: '.tools, .style, .zoom, .hint, .follow { visibility: hidden !important }',
    })
  }

  /**
   * Selects all, copies, and lets go, by the same keys as a person, but within one frame: three screens that are asked
   * again and again would otherwise draw everything anew each time.
   */
  private copyOfAll(): Promise<string> {
    return this.surface.evaluate((surface: HTMLElement, type) => {
      const press = (init: KeyboardEventInit): void =>
        void surface.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }))
      surface.focus()
      press({ key: 'a', code: 'KeyA', ctrlKey: true })
      // A real copy would go through the system's clipboard, which all windows under test share.
      const clipboardData = new DataTransfer()
      surface.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }))
      press({ key: 'Escape', code: 'Escape' })
      return clipboardData.getData(type)
    }, SHAPES_TYPE)
  }
}

/** Waits until all have the same shapes on their boards, and returns how many. */
export async function haveSameShapes(boards: readonly BoardOnScreen[], timeout = 30_000): Promise<number> {
  const digests = async () => new Set(await Promise.all(boards.map((board) => board.digest()))).size
  await expect.poll(digests, { timeout }).toBe(1)
  return (await boards[0]?.shapes())?.size ?? 0
}

/** Shapes as the app puts them on the clipboard. */
function clipboardOf(shapes: readonly NewShape[]): string {
  const made = Object.entries(createShapes(new Board(recordsType.create()), shapes))
  return JSON.stringify({
    type: CLIPBOARD_TYPE,
    records: Object.fromEntries(made.map(([id, { put }]) => [id, put])),
  })
}
