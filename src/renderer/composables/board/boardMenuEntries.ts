import type { BoardCommands } from '../../board/boardCommands'
import type { BoardEditor } from '../../board/boardEditor'
import type { Point } from '../../board/model'
import type { useSay } from '../../i18n'
import type { useKeyNames } from '../useShortcuts'
import type { BoardClipboard } from './useBoardClipboard'

/** Something that can be done at a right click. */
export interface BoardMenuEntry {
  readonly label: string
  /** The keys that do the same, as they are written on this system. */
  readonly keys?: string
  readonly danger?: boolean
  run(): void
}

export interface BoardMenuOptions {
  readonly editor: BoardEditor
  readonly commands: BoardCommands
  readonly clipboard: BoardClipboard
  /** The place on the board that was pressed. */
  readonly at: Point
  /** Ids of the selected shapes. */
  readonly selection: readonly string[]
  readonly canWrite: boolean
  readonly t: ReturnType<typeof useSay>['t']
  readonly keys: ReturnType<typeof useKeyNames>
}

/** What can be done at a right click, in groups. Who may only look gets what changes nothing. */
export function boardMenuEntries(options: BoardMenuOptions): readonly (readonly BoardMenuEntry[])[] {
  const { commands, selection, canWrite, t } = options
  const hasSelection = selection.length > 0
  if (canWrite && hasSelection) return selectedEntries(options)
  const view: BoardMenuEntry[] = hasSelection
    ? [{ label: t('board.zoomSelection'), keys: 'Shift+2', run: () => commands.zoomToSelection() }]
    : []
  return [
    [
      ...(hasSelection ? [copyEntry(options)] : []),
      ...(canWrite ? [pasteEntry(options)] : []),
      { label: t('board.selectAll'), keys: mod(options, 'KeyA'), run: () => commands.selectAll() },
    ],
    [
      { label: t('board.grid'), keys: 'G', run: () => toggleGrid(options) },
      ...view,
      { label: t('board.zoomFit'), keys: 'Shift+1', run: () => commands.zoomToFit() },
    ],
  ]
}

function selectedEntries(options: BoardMenuOptions): readonly (readonly BoardMenuEntry[])[] {
  const { editor, commands, clipboard, t, keys } = options
  const shapes = editor.selectedShapes
  const isLocked = shapes.every((shape) => shape.locked)
  const isGrouped = shapes.some((shape) => shape.groups.length > 0)
  const [only, second] = shapes
  const look = (key: string): string => keys.text({ mod: true, alt: true, key })
  const isPicture = second === undefined && only?.type === 'image'
  return [
    [
      { label: t('board.cut'), keys: mod(options, 'KeyX'), run: () => clipboard.cut() },
      copyEntry(options),
      pasteEntry(options),
      { label: t('board.duplicate'), keys: mod(options, 'KeyD'), run: () => commands.duplicate() },
      { label: t('board.copyStyle'), keys: look('KeyC'), run: () => void commands.copyLook() },
      ...(commands.hasLook
        ? [{ label: t('board.pasteStyle'), keys: look('KeyV'), run: () => void commands.pasteLook() }]
        : []),
    ],
    [
      { label: t('board.toFront'), keys: mod(options, ']', true), run: () => commands.reorder('front') },
      { label: t('board.forward'), keys: ']', run: () => commands.reorder('forward') },
      { label: t('board.backward'), keys: '[', run: () => commands.reorder('backward') },
      { label: t('board.toBack'), keys: mod(options, '[', true), run: () => commands.reorder('back') },
    ],
    [
      ...(isPicture && !isLocked
        ? [
            {
              label: t('pictures.describe'),
              keys: keys.text({ key: 'Enter' }),
              run: () => editor.editLabel(only.id),
            },
          ]
        : []),
      ...(second === undefined
        ? []
        : [{ label: t('board.group'), keys: mod(options, 'KeyG'), run: () => commands.group() }]),
      ...(isGrouped
        ? [{ label: t('board.ungroup'), keys: mod(options, 'KeyG', true), run: () => commands.ungroup() }]
        : []),
      { label: t('board.flipX'), keys: 'Shift+H', run: () => commands.flip('horizontal') },
      { label: t('board.flipY'), keys: 'Shift+V', run: () => commands.flip('vertical') },
      {
        label: t(isLocked ? 'board.unlock' : 'board.lock'),
        keys: mod(options, 'KeyL'),
        run: () => commands.toggleLock(),
      },
      { label: t('board.zoomSelection'), keys: 'Shift+2', run: () => commands.zoomToSelection() },
    ],
    [
      {
        label: t('board.remove'),
        keys: keys.text({ key: 'Delete' }),
        danger: true,
        run: () => void commands.remove(),
      },
    ],
  ]
}

function copyEntry(options: BoardMenuOptions): BoardMenuEntry {
  return {
    label: options.t('board.copy'),
    keys: mod(options, 'KeyC'),
    run: () => options.clipboard.copy(),
  }
}

function pasteEntry(options: BoardMenuOptions): BoardMenuEntry {
  const { clipboard, at, t } = options
  return { label: t('board.paste'), keys: mod(options, 'KeyV'), run: () => void clipboard.paste(at) }
}

function toggleGrid({ editor }: BoardMenuOptions): void {
  editor.grid.set(!editor.grid.value)
}

function mod({ keys }: BoardMenuOptions, key: string, shift = false): string {
  return keys.text(shift ? { mod: true, shift: true, key } : { mod: true, key })
}
