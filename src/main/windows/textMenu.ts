import { clipboard, Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron'
import type { DialogTexts } from '../dialogs/texts'

/**
 * The menu of the other mouse button on text, which Electron does not have by itself. Where a page has a menu of its
 * own, as boards do, it does not ask for this one.
 */
export function offerTextMenu(window: BrowserWindow, texts: () => DialogTexts): void {
  window.webContents.on('context-menu', (_event, params) => {
    const template = textMenu(params, texts().textMenu, (address) => void clipboard.writeText(address))
    if (template.length > 0) Menu.buildFromTemplate(template).popup({ window })
  })
}

/** What the menu depends on; part of Electron's. */
export interface TextMenuParams {
  readonly isEditable: boolean
  readonly selectionText: string
  readonly linkURL: string
  readonly editFlags: {
    readonly canCut: boolean
    readonly canCopy: boolean
    readonly canPaste: boolean
    readonly canSelectAll: boolean
  }
}

/** Nothing where there is nothing to do. */
export function textMenu(
  { isEditable, selectionText, linkURL, editFlags }: TextMenuParams,
  t: DialogTexts['textMenu'],
  copy: (text: string) => void,
): MenuItemConstructorOptions[] {
  const link: MenuItemConstructorOptions[] =
    linkURL === '' ? [] : [{ label: t.copyLink, click: () => copy(linkURL) }, { type: 'separator' }]
  if (isEditable) {
    return [
      ...link,
      { role: 'cut', label: t.cut, enabled: editFlags.canCut },
      { role: 'copy', label: t.copy, enabled: editFlags.canCopy },
      { role: 'paste', label: t.paste, enabled: editFlags.canPaste },
      { role: 'pasteAndMatchStyle', label: t.pasteAsText, enabled: editFlags.canPaste },
      { type: 'separator' },
      { role: 'selectAll', label: t.selectAll, enabled: editFlags.canSelectAll },
    ]
  }
  if (selectionText.trim() !== '')
    return [...link, { role: 'copy', label: t.copy, enabled: editFlags.canCopy }]
  return link.slice(0, 1)
}
