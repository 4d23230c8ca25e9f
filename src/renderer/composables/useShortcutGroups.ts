import { computed, type ComputedRef } from 'vue'
import { useSay } from '../i18n'
import { TOOL_KEYS, TOOLBAR_NAMES } from '../board/toolNames'
import { useKeyNames } from './useShortcuts'

export interface ShortcutGroup {
  readonly title: string
  readonly rows: readonly { readonly does: string; readonly keys: string }[]
}

/** All keys of the app for the help sheet, those of the editor among them. */
export function useShortcutGroups(): ComputedRef<readonly ShortcutGroup[]> {
  const { t } = useSay()
  const keys = useKeyNames()
  return computed(() => [
    {
      title: t('shortcuts.groupRoom'),
      rows: [
        { does: t('shortcuts.newPage'), keys: keys.of('newPage') },
        { does: t('shortcuts.openFile'), keys: keys.of('openFile') },
        { does: t('shortcuts.saveFile'), keys: keys.of('saveFile') },
        { does: t('shortcuts.exportFile'), keys: keys.of('exportFile') },
        { does: t('shortcuts.invite'), keys: keys.of('invite') },
        { does: t('shortcuts.toggleSidebar'), keys: keys.of('toggleSidebar') },
        { does: t('shortcuts.focusPages'), keys: keys.of('focusPages') },
        { does: t('shortcuts.focusText'), keys: keys.of('focusText') },
        { does: t('shortcuts.settings'), keys: keys.of('settings') },
        { does: t('shortcuts.help'), keys: keys.of('help') },
      ],
    },
    {
      title: t('shortcuts.groupPages'),
      rows: [
        { does: t('shortcuts.rename'), keys: keys.text({ key: 'F2' }) },
        { does: t('shortcuts.delete'), keys: keys.text({ key: 'Delete' }) },
        { does: t('shortcuts.moveUp'), keys: keys.text({ alt: true, key: 'ArrowUp' }) },
        { does: t('shortcuts.moveDown'), keys: keys.text({ alt: true, key: 'ArrowDown' }) },
      ],
    },
    {
      title: t('shortcuts.groupText'),
      rows: [
        { does: t('shortcuts.undo'), keys: keys.text({ mod: true, key: 'KeyZ' }) },
        { does: t('shortcuts.redo'), keys: keys.text({ mod: true, shift: true, key: 'KeyZ' }) },
        { does: t('shortcuts.find'), keys: keys.text({ mod: true, key: 'KeyF' }) },
        { does: t('shortcuts.bold'), keys: keys.text({ mod: true, key: 'KeyB' }) },
        { does: t('shortcuts.italic'), keys: keys.text({ mod: true, key: 'KeyI' }) },
        { does: t('shortcuts.selectNext'), keys: keys.text({ mod: true, key: 'KeyD' }) },
        {
          does: t('shortcuts.addCursor'),
          keys: `${keys.text({ mod: true, alt: true, key: 'ArrowUp' })} / ${t('keys.down')}`,
        },
        {
          does: t('shortcuts.moveLine'),
          keys: `${keys.text({ alt: true, key: 'ArrowUp' })} / ${t('keys.down')}`,
        },
        {
          does: t('shortcuts.indent'),
          keys: `${keys.text({ key: 'Tab' })} / ${keys.text({ shift: true, key: 'Tab' })}`,
        },
        { does: t('shortcuts.leaveTab'), keys: keys.text({ key: 'Escape' }) },
      ],
    },
    {
      title: t('shortcuts.groupBoard'),
      rows: [
        ...TOOLBAR_NAMES.map((name) => {
          const { letter, digit } = TOOL_KEYS[name]
          return {
            does: t(`board.tool.${name}`),
            keys: digit === undefined ? letter : `${letter} / ${digit}`,
          }
        }),
        { does: t('board.keepTool'), keys: 'Q' },
        { does: t('board.pan'), keys: t('board.panKeys') },
        { does: t('board.zoomAtPointer'), keys: t('board.zoomKeys') },
        { does: t('board.panByKeys'), keys: t('board.arrowKeys') },
        { does: t('board.zoomIn'), keys: '+' },
        { does: t('board.zoomOut'), keys: '-' },
        { does: t('board.zoomReset'), keys: keys.text({ shift: true, key: '0' }) },
        { does: t('board.zoomFit'), keys: keys.text({ shift: true, key: '1' }) },
        { does: t('board.zoomSelection'), keys: keys.text({ shift: true, key: '2' }) },
        { does: t('board.grid'), keys: 'G' },
        { does: t('board.nextShape'), keys: keys.text({ key: 'Tab' }) },
        { does: t('board.editText'), keys: t('board.enterKey') },
        { does: t('board.writeAnywhere'), keys: t('board.doubleClick') },
        { does: t('board.markShape'), keys: 'S' },
        { does: t('board.connectShapes'), keys: 'C' },
        { does: t('board.drawByKeys'), keys: t('board.arrowKeys') },
        { does: t('board.useTool'), keys: t('board.enterKey') },
        { does: t('board.nextRegion'), keys: keys.of('focusText') },
        { does: t('board.nudge'), keys: t('board.arrowKeys') },
        { does: t('board.resize'), keys: keys.text({ alt: true, key: t('board.arrowKeys') }) },
        { does: t('board.turn'), keys: ', / .' },
        { does: t('board.duplicateDrag'), keys: t('board.altDrag') },
        { does: t('board.ratioDrag'), keys: t('board.shiftDrag') },
        { does: t('board.snapDrag'), keys: t('board.ctrlDrag') },
        { does: t('board.undo'), keys: keys.text({ mod: true, key: 'KeyZ' }) },
        { does: t('board.redo'), keys: keys.text({ mod: true, shift: true, key: 'KeyZ' }) },
        { does: t('board.cut'), keys: keys.text({ mod: true, key: 'KeyX' }) },
        { does: t('board.copy'), keys: keys.text({ mod: true, key: 'KeyC' }) },
        { does: t('board.paste'), keys: keys.text({ mod: true, key: 'KeyV' }) },
        { does: t('board.copyStyle'), keys: keys.text({ mod: true, alt: true, key: 'KeyC' }) },
        { does: t('board.pasteStyle'), keys: keys.text({ mod: true, alt: true, key: 'KeyV' }) },
        { does: t('board.selectAll'), keys: keys.text({ mod: true, key: 'KeyA' }) },
        { does: t('board.duplicate'), keys: keys.text({ mod: true, key: 'KeyD' }) },
        { does: t('board.group'), keys: keys.text({ mod: true, key: 'KeyG' }) },
        { does: t('board.ungroup'), keys: keys.text({ mod: true, shift: true, key: 'KeyG' }) },
        { does: t('board.flipX'), keys: 'Shift+H' },
        { does: t('board.flipY'), keys: 'Shift+V' },
        { does: t('board.lock'), keys: keys.text({ mod: true, key: 'KeyL' }) },
        { does: t('board.toFront'), keys: keys.text({ mod: true, shift: true, key: ']' }) },
        { does: t('board.forward'), keys: ']' },
        { does: t('board.backward'), keys: '[' },
        { does: t('board.toBack'), keys: keys.text({ mod: true, shift: true, key: '[' }) },
        { does: t('board.remove'), keys: keys.text({ key: 'Delete' }) },
        { does: t('board.letGo'), keys: keys.text({ key: 'Escape' }) },
      ],
    },
  ])
}
