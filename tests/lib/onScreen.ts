import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { onTestFinished, vi } from 'vitest'
import { mountScreen, type TestApp } from './withApp'

/** Shows a screen until the test ends. */
export async function show(
  app: TestApp,
  screen: Parameters<typeof mountScreen>[1],
  props = {},
): Promise<VueWrapper> {
  await app.platform.ready
  const wrapper = mountScreen(app, screen, props)
  onTestFinished(() => wrapper.unmount())
  await flushPromises()
  return wrapper
}

/** Something on the screen; all of these throw where it is not there. */
export function byTestId(id: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(`[data-testid="${id}"]`)
  if (element === null) throw new Error(`there is no ${id}`)
  return element
}

export async function press(element: HTMLElement): Promise<void> {
  element.click()
  await flushPromises()
}

/** Opens a menu as a person with a keyboard does. */
export async function openMenu(label: string): Promise<void> {
  const trigger = withLabel(label)
  // A menu that is still closing takes the first press.
  await vi.waitFor(
    async () => {
      if (trigger.getAttribute('aria-expanded') !== 'true') {
        trigger.focus()
        trigger.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
      }
      await flushPromises()
      if (document.querySelector('[role="menu"] [role="menuitem"]') === null)
        throw new Error(`the menu of ${label} does not open`)
    },
    { timeout: 30_000 },
  )
}

/** Chooses from a box of choices, as a person with a keyboard does. */
export async function choose(label: string, choice: string): Promise<void> {
  const name = withText('.field-label', label)
  const box = document.querySelector<HTMLElement>(`[aria-labelledby^="${name.id} "]`)
  if (box === null) throw new Error(`there is no box for ${label}`)
  box.focus()
  box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  await flushPromises()
  const option = withText('[role="option"]', choice)
  option.focus()
  option.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  await flushPromises()
}

/** By the whole of its text. */
export function withText(selector: string, text: string): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>(selector)].find(
    (each) => each.textContent?.trim() === text,
  )
  if (found === undefined) throw new Error(`there is no ${selector} ${text}`)
  return found
}

/** By its accessible name. */
export function withLabel(label: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[aria-label="${label}"]`)
  if (found === null) throw new Error(`there is nothing labelled ${label}`)
  return found
}

export const item = (text: string): HTMLElement => withText('[role="menuitem"]', text)
export const button = (text: string): HTMLElement => withText('[role="alertdialog"] button', text)
