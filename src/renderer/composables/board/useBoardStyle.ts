import { computed, type ComputedRef } from 'vue'
import type { BoardCommands } from '../../board/boardCommands'
import type { BoardEditor } from '../../board/boardEditor'
import { commonLook, hasStyle, type Look, type StyleKey } from '../../board/looks'
import type { Shape, ShapeType } from '../../board/model'
import { styleOfNew, type NextStyle } from '../../board/nextStyle'
import type { ToolName } from '../../board/toolNames'
import { useObservable } from '../useObservable'

export interface BoardStyle {
  /** Types of what is selected, or of what the tool makes. */
  readonly types: ComputedRef<readonly ShapeType[]>
  /** The value that all of it has, undefined where they differ. */
  valueOf<K extends StyleKey>(key: K): Look[K] | undefined
  set<K extends StyleKey>(key: K, value: NextStyle[K]): void
  /** True where any of it has the property. */
  has(key: StyleKey): boolean
}

/** The style that the panel shows: of what is selected, or of what is drawn next. */
export function useBoardStyle(editor: BoardEditor, commands: BoardCommands): BoardStyle {
  const selection = useObservable(editor.selection)
  const next = useObservable(editor.nextStyle)
  const toolName = useObservable(editor.toolName)
  const revision = useObservable(editor.revision)

  // Others change the board in every frame: the panel is only rendered anew where what it shows is another.
  const shown = computed((before?: ShownStyle): ShownStyle => {
    const shapes = selection.value.length + revision.value >= 0 ? editor.selectedShapes : []
    const after = shapes.length > 0 ? styleOfShapes(shapes) : styleOfTool(toolName.value, next.value)
    return before !== undefined && isSame(before, after) ? before : after
  })
  const types = computed(() => shown.value.types)

  return {
    types,
    has: (key) => types.value.some((type) => hasStyle(type, key)),
    valueOf: (key) => shown.value.look[key],
    set(key, value) {
      commands.restyle({ [key]: value }, nextOf(key, value, types.value))
    },
  }
}

interface ShownStyle {
  readonly types: readonly ShapeType[]
  /** Without what they differ in. */
  readonly look: Look
}

function styleOfShapes(shapes: readonly Shape[]): ShownStyle {
  return { types: [...new Set(shapes.map(({ type }) => type))], look: commonLook(shapes) }
}

function styleOfTool(name: ToolName, next: NextStyle): ShownStyle {
  switch (name) {
    case 'select':
    case 'hand':
    case 'eraser':
    case 'laser':
      return { types: [], look: {} }
    default:
      return { types: [name], look: styleOfNew(name, next) }
  }
}

function isSame(a: ShownStyle, b: ShownStyle): boolean {
  const keys = Object.keys({ ...a.look, ...b.look }) as StyleKey[]
  return (
    a.types.length === b.types.length &&
    a.types.every((type, at) => type === b.types[at]) &&
    keys.every((key) => a.look[key] === b.look[key])
  )
}

/** What a choice means for the next shape: notes and highlighters remember colours of their own. */
function nextOf<K extends StyleKey>(
  key: K,
  value: NextStyle[K],
  types: readonly ShapeType[],
): Partial<NextStyle> {
  const [only] = types
  if (types.length === 1 && only === 'note' && key === 'fill') {
    return value === 'none' ? {} : { noteFill: value as NextStyle['noteFill'] }
  }
  if (types.length === 1 && only === 'highlight' && key === 'stroke') {
    return { highlight: value as NextStyle['highlight'] }
  }
  return { [key]: value }
}
