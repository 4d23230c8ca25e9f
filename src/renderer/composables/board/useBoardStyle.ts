import { computed, type ComputedRef } from 'vue'
import type { BoardCommands } from '../../board/boardCommands'
import type { BoardEditor } from '../../board/boardEditor'
import { hasStyle, type StyleKey } from '../../board/looks'
import type { ShapeType } from '../../board/model'
import { styleOfNew, type NextStyle } from '../../board/nextStyle'
import { useObservable } from '../useObservable'

export interface BoardStyle {
  /** Types of what is selected, or of what the tool makes. */
  readonly types: ComputedRef<readonly ShapeType[]>
  /** The value that all of it has, undefined where they differ. */
  valueOf<K extends StyleKey>(key: K): NextStyle[K] | undefined
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

  const shapes = computed(() => (selection.value.length + revision.value >= 0 ? editor.selectedShapes : []))
  const types = computed((): readonly ShapeType[] => {
    if (shapes.value.length > 0) return [...new Set(shapes.value.map((shape) => shape.type))]
    switch (toolName.value) {
      case 'select':
      case 'hand':
      case 'eraser':
      case 'laser':
        return []
      default:
        return [toolName.value]
    }
  })

  return {
    types,
    has: (key) => types.value.some((type) => hasStyle(type, key)),
    valueOf<K extends StyleKey>(key: K) {
      const values = shapes.value
        .filter((shape) => hasStyle(shape.type, key))
        .map((shape) => (shape as unknown as Partial<NextStyle>)[key])
      if (shapes.value.length === 0) {
        const [type] = types.value
        return type === undefined ? undefined : (styleOfNew(type, next.value) as Partial<NextStyle>)[key]
      }
      return values.every((value) => value === values[0]) ? values[0] : undefined
    },
    set(key, value) {
      commands.restyle({ [key]: value }, nextOf(key, value, types.value))
    },
  }
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
