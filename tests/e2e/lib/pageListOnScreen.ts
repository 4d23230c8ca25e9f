import { expect, type Locator, type Page } from '@playwright/test'
import type { Texts } from './texts'

/** The list of pages in somebody's sidebar. */
export class PageListOnScreen {
  readonly list: Locator

  constructor(
    readonly page: Page,
    private readonly texts: Texts,
  ) {
    this.list = page.getByTestId('page-list')
  }

  /** Titles from top to bottom. */
  titles(): Promise<string[]> {
    return this.list.locator('.page-title').allInnerTexts()
  }

  /** Waits until the list has exactly these titles. */
  async show(titles: readonly string[], timeout?: number): Promise<void> {
    await expect.poll(() => this.titles(), timeout === undefined ? {} : { timeout }).toEqual(titles)
  }

  /** The button of one page. */
  item(title: string): Locator {
    return this.list.getByRole('button', { name: title, exact: true })
  }

  /** Makes a page after the last. */
  async create(): Promise<void> {
    await this.page.getByTestId('page-new').click()
  }

  async open(title: string): Promise<void> {
    await this.item(title).click()
    await expect(this.item(title)).toHaveAttribute('aria-current', 'page')
  }

  /** Makes a page's title a field to write in. */
  async startRenaming(title: string): Promise<Locator> {
    const input = this.page.getByLabel(this.texts.t('pages.renameLabel'))
    // Where others move the page between the two steps, the key is for something else: a person presses again.
    await expect(async () => {
      if (!(await input.isVisible())) {
        await this.item(title).focus({ timeout: 1_000 })
        await this.page.keyboard.press('F2')
      }
      await expect(input).toBeFocused({ timeout: 1_000 })
    }).toPass({ timeout: 10_000 })
    return input
  }

  /** Renames a page by key. */
  async rename(title: string, next: string): Promise<void> {
    const input = await this.startRenaming(title)
    await input.fill(next)
    await this.page.keyboard.press('Enter')
    await expect(this.item(next)).toBeVisible()
  }

  /** Chooses a command from a page's own menu. */
  async fromMenu(title: string, command: string): Promise<void> {
    await this.item(title).hover()
    await this.list.getByRole('button', { name: this.texts.t('pages.more', { title }) }).click()
    await this.page.getByRole('menuitem', { name: command }).click()
  }

  /** Drags a page to the place of another with the mouse. */
  async drag(title: string, target: string): Promise<void> {
    const [from, to] = await Promise.all([this.item(title).boundingBox(), this.item(target).boundingBox()])
    if (from === null || to === null) throw new Error('a page to drag is not on the screen')
    const place = (await this.titles()).indexOf(target)
    const { mouse } = this.page
    await mouse.move(from.x + from.width / 2, from.y + from.height / 2)
    await mouse.down()
    // In steps, as a hand does: a drag begins with the first move.
    await mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 })
    let sway = 1
    // The list makes room while the page is held over it.
    await expect(async () => {
      sway = -sway
      await mouse.move(to.x + to.width / 2 + sway, to.y + to.height / 2 + (to.y > from.y ? 4 : -4))
      expect((await this.titles()).indexOf(title)).toBe(place)
    }).toPass({ timeout: 10_000 })
    await mouse.up()
  }

  /** Moves a page by key, one place for each step; negative: up. */
  async move(title: string, steps: number): Promise<void> {
    await this.item(title).focus()
    const key = steps < 0 ? 'Alt+ArrowUp' : 'Alt+ArrowDown'
    for (let step = 0; step < Math.abs(steps); step++) {
      await this.page.keyboard.press(key)
      // The list draws itself anew and gives the focus back to the page.
      await expect(this.item(title)).toBeFocused()
    }
  }

  /** Deletes a page by key. */
  async remove(title: string): Promise<void> {
    await this.item(title).focus()
    await this.page.keyboard.press('Delete')
    await expect(this.item(title)).toHaveCount(0)
  }
}
