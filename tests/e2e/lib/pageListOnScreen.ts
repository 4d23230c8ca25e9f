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

  /** Renames a page by key. */
  async rename(title: string, next: string): Promise<void> {
    await this.item(title).focus()
    await this.page.keyboard.press('F2')
    const input = this.page.getByLabel(this.texts.t('pages.renameLabel'))
    await expect(input).toBeFocused()
    await input.fill(next)
    await this.page.keyboard.press('Enter')
    await expect(this.item(next)).toBeVisible()
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
