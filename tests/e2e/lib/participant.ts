import { expect, type Locator, type Page } from '@playwright/test'
import { BoardOnScreen } from './boardOnScreen'
import { EditorOnScreen } from './editorOnScreen'
import { PageListOnScreen } from './pageListOnScreen'
import { textsOf, type Texts } from './texts'

/** Somebody in front of a screen, in the app or in a browser: finds things as a person does, by role and words. */
export class Participant {
  readonly editor: EditorOnScreen
  readonly board: BoardOnScreen
  readonly pages: PageListOnScreen
  /** Where the connection stands, in words. */
  readonly status: Locator
  /** How safe the page on the screen is, in words. */
  readonly saveState: Locator

  constructor(
    readonly page: Page,
    readonly texts: Texts = textsOf('en'),
  ) {
    this.editor = new EditorOnScreen(page)
    this.board = new BoardOnScreen(page)
    this.pages = new PageListOnScreen(page, texts)
    this.status = page.getByTestId('room-status')
    this.saveState = page.getByTestId('save-state')
  }

  /** Chooses a name on the first screen. */
  async introduce(name: string): Promise<void> {
    await this.page.getByLabel(this.texts.t('profile.name')).fill(name)
    const go = [this.texts.t('firstRun.go'), this.texts.t('firstRun.goToRoom')].join('|')
    await this.page.getByRole('button', { name: new RegExp(`^(${go})$`) }).click()
  }

  /** Chooses a colour by its place in the palette, where colours are to choose from. */
  async chooseColour(index: number): Promise<void> {
    const colours = this.page.getByRole('radiogroup', { name: this.texts.t('profile.colour') })
    await colours.getByRole('radio').nth(index).click()
  }

  /** Hosts a room with one click and waits until it can be written in. */
  async host(): Promise<void> {
    await this.page.getByTestId('home-host').click()
    await this.isConnected()
  }

  /** Pastes a link on the home screen. */
  async pasteLink(link: string): Promise<void> {
    await this.page.getByTestId('home-join-input').fill(link)
    await this.page.getByTestId('home-join').click()
  }

  /** Joins by a pasted link and waits until the room can be written in. */
  async join(link: string): Promise<void> {
    await this.pasteLink(link)
    await this.isConnected()
  }

  /** Opens a room from the list on the home screen. */
  async openRecent(title: string): Promise<void> {
    await this.recent.getByText(title, { exact: true }).click()
  }

  get recent(): Locator {
    return this.page.getByTestId('recent-rooms')
  }

  /** The link to give to others, as the invitation shows it. */
  async invitation(): Promise<string> {
    await this.page.getByRole('button', { name: this.texts.t('room.invite') }).click()
    const link = await this.page.getByTestId('invite-link').inputValue()
    await this.page.keyboard.press('Escape')
    await expect(this.page.getByTestId('invite-link')).toBeHidden()
    return link
  }

  /** Lets somebody in who waits at the door, or comes to wait there now. */
  async letIn(name: string): Promise<void> {
    const label = this.texts.t('door.letInLabel', { name, role: '' }).trim()
    await this.page.getByRole('button', { name: label }).click({ timeout: 30_000 })
  }

  async isConnected(): Promise<void> {
    await this.isInState('connected')
  }

  async isInState(
    state: 'connecting' | 'connected' | 'reconnecting' | 'refused' | 'roomClosed',
    timeout = 20_000,
  ): Promise<void> {
    await expect(this.status).toHaveAttribute('data-state', state, { timeout })
  }

  /** Does not wait for the next attempt to connect, unless it comes first. */
  async tryNow(): Promise<void> {
    const retry = this.status.getByRole('button', { name: this.texts.t('status.tryNow') })
    await expect(async () => {
      if ((await this.status.getAttribute('data-state')) !== 'connected')
        await retry.click({ timeout: 1_000 })
      expect(await this.status.getAttribute('data-state')).toBe('connected')
    }).toPass({ timeout: 30_000 })
  }

  /** Makes the room's first page and waits until it can be written on. */
  async createFirstPage(): Promise<void> {
    await this.page.getByTestId('page-first').click()
    await expect(this.editor.content).toBeVisible()
  }

  /** Waits until the page on the screen can be written on. */
  async hasPage(): Promise<void> {
    await expect(this.editor.content).toBeVisible({ timeout: 20_000 })
  }

  /** Waits until everything written here is committed on the server. */
  async hasSaved(timeout = 20_000): Promise<void> {
    await expect(this.saveState).toHaveAttribute('data-unsent', '0', { timeout })
    await expect(this.saveState).not.toHaveAttribute('data-version', '0', { timeout })
  }

  /** Edits on this screen that no server has committed. */
  async unsent(): Promise<number> {
    return Number(await this.saveState.getAttribute('data-unsent'))
  }

  /** The version that is committed on the server, as far as this screen knows. */
  async version(): Promise<number> {
    return Number(await this.saveState.getAttribute('data-version'))
  }

  /** Names of everybody in the room, as the button for them says. */
  get people(): Locator {
    return this.page.getByTestId('presence-list')
  }

  /** Where somebody else writes in the page on the screen. */
  caretOf(name: string): Locator {
    return this.page.locator('.remote-caret').filter({ hasText: new RegExp(`^${name}$`) })
  }

  /** Changes name and colour in the settings. */
  async introduceAgain(name: string, colour: number): Promise<void> {
    await this.choose(this.texts.t('app.settings'))
    const dialog = this.page.getByRole('dialog')
    await dialog.getByLabel(this.texts.t('profile.name')).fill(name)
    await this.chooseColour(colour)
    await this.page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  }

  /** Chooses a command from the room's menu. */
  async choose(command: string): Promise<void> {
    await this.page.getByTestId('room-menu').click()
    await this.page.getByRole('menuitem', { name: command }).click()
  }

  /** Answers the question that is asked. */
  async confirm(answer: string): Promise<void> {
    const question = this.page.getByRole('alertdialog')
    await question.getByRole('button', { name: answer, exact: true }).click()
    await expect(question).toBeHidden()
  }

  /** Leaves the room by its menu. */
  async leave(): Promise<void> {
    await this.choose(this.texts.t('room.leave'))
    await this.confirm(this.texts.t('room.leave'))
    await expect(this.recent).toBeVisible()
  }

  /** Takes messages that would go away by themselves off the screen. */
  async dismissMessages(): Promise<void> {
    const dismiss = this.page.locator('.toast').getByRole('button', { name: this.texts.t('app.dismiss') })
    await expect(async () => {
      for (const button of await dismiss.all()) await button.click({ timeout: 1_000 })
      await expect(dismiss).toHaveCount(0, { timeout: 500 })
    }).toPass()
  }

  /** The first notice, toast or message on the screen that says a text. */
  says(text: string | RegExp): Locator {
    return this.page.getByText(text).filter({ visible: true }).first()
  }
}

/** Waits until all have the same text on the screen with nothing unsent, and returns it. */
export async function haveSameText(people: readonly Participant[], timeout = 30_000): Promise<string> {
  await Promise.all(people.map((person) => person.hasSaved(timeout)))
  const read = () => Promise.all(people.map((person) => person.editor.text()))
  await expect.poll(async () => new Set(await read()).size, { timeout }).toBe(1)
  return (await read())[0] ?? ''
}
