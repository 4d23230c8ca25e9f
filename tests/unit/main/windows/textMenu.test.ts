import { describe, expect, it, vi } from 'vitest'

vi.mock('electron', () => ({ clipboard: {}, Menu: {} }))
const { textMenu } = await import('../../../../src/main/windows/textMenu')
const { DIALOG_TEXTS } = await import('../../../../src/main/dialogs/texts')

const NOTHING = {
  isEditable: false,
  selectionText: '',
  linkURL: '',
  editFlags: { canCut: false, canCopy: false, canPaste: true, canSelectAll: true },
}
const labels = (params: Partial<typeof NOTHING>): (string | undefined)[] =>
  textMenu({ ...NOTHING, ...params }, DIALOG_TEXTS.en.textMenu, () => undefined).map(
    ({ label, type }) => label ?? type,
  )

describe('the menu on text', () => {
  it('Y12: edits where something can be edited', () => {
    expect(labels({ isEditable: true })).toEqual([
      'Cut',
      'Copy',
      'Paste',
      'Paste as text',
      'separator',
      'Select all',
    ])
    const [cut, , paste] = textMenu(
      { ...NOTHING, isEditable: true },
      DIALOG_TEXTS.en.textMenu,
      () => undefined,
    )
    expect([cut?.enabled, paste?.enabled]).toEqual([false, true])
  })

  it('Y12: copies what is selected, and links; elsewhere there is none', () => {
    expect(labels({ selectionText: 'words' })).toEqual(['Copy'])
    expect(labels({ selectionText: ' \n' })).toEqual([])
    expect(labels({})).toEqual([])
    const copied: string[] = []
    const [link] = textMenu(
      { ...NOTHING, linkURL: 'https://example.org/' },
      DIALOG_TEXTS.en.textMenu,
      (text) => copied.push(text),
    )
    Reflect.apply(link?.click ?? (() => undefined), undefined, [])
    expect([link?.label, copied]).toEqual(['Copy link', ['https://example.org/']])
  })
})
