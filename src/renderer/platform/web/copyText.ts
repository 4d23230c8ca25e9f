import { PlatformError } from '../platformError'

/** Puts text on the clipboard. Over plain http the asynchronous clipboard is missing, and a selection is copied instead. */
export async function copyText(text: string): Promise<void> {
  const { clipboard }: { readonly clipboard?: Clipboard } = navigator
  if (clipboard !== undefined) {
    try {
      return await clipboard.writeText(text)
    } catch (error) {
      // Not allowed here (no focus, an embedded page); the selection may still be.
      if (!(error instanceof DOMException)) throw error
    }
  }
  copySelection(text)
}

function copySelection(text: string): void {
  const focused = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.setAttribute('aria-hidden', 'true')
  field.style.position = 'fixed'
  field.style.opacity = '0'
  // Beside the focused element: a dialog that keeps the focus inside would take it back from elsewhere.
  const place = focused?.parentElement ?? document.body
  place.append(field)
  try {
    field.select()
    if (!document.execCommand('copy'))
      throw new PlatformError('copy-failed', 'the browser does not let the page copy')
  } finally {
    field.remove()
    if (focused instanceof HTMLElement) focused.focus()
  }
}
