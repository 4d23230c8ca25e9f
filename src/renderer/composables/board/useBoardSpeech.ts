import { ref, type Ref } from 'vue'
import type { BoardEditor } from '../../board/boardEditor'
import type { KeyResult } from '../../board/keyResult'
import type { Shape } from '../../board/model'
import { frameAround } from '../../board/handles'
import { useSay } from '../../i18n'
import { useShapeNames } from './useShapeNames'

export interface BoardSpeech {
  /** The last sentence for screen readers; shown in a polite live region. */
  readonly spoken: Ref<string>
  /** Puts into words what a key has done. */
  tell(editor: BoardEditor, result: KeyResult): void
}

/** What a board says to those who do not see it. */
export function useBoardSpeech(statusOf?: (shape: Shape) => string | undefined): BoardSpeech {
  const { t, count } = useSay()
  const nameOf = useShapeNames(statusOf)
  const spoken = ref('')

  function selected(editor: BoardEditor): string {
    const shape = editor.selectedShapes.at(-1)
    if (shape === undefined) return ''
    const { ordered } = editor.board
    const position = ordered.indexOf(shape) + 1
    return t('board.selectedOne', { name: nameOf(shape), position, count: ordered.length })
  }

  function placed(editor: BoardEditor): string {
    const frame = frameAround(editor.selectedShapes)
    if (frame === undefined) return ''
    const { x, y, width, height } = frame.box
    const values = { x, y, width, height, angle: (frame.angle * 180) / Math.PI }
    const rounded = Object.entries(values).map(([key, value]) => [key, Math.round(value)] as const)
    return t(frame.angle === 0 ? 'board.placedAt' : 'board.placedTurned', Object.fromEntries(rounded))
  }

  function pointer(editor: BoardEditor, over: Extract<KeyResult, { kind: 'pointer' }>['over']): string {
    const at = editor.keyPointer.at.value
    if (at === undefined) return ''
    const place = t('board.pointerAt', { x: Math.round(at.x), y: Math.round(at.y) })
    return over === undefined ? place : t('board.pointerOver', { place, name: nameOf(over) })
  }

  function words(editor: BoardEditor, result: KeyResult): string {
    switch (result.kind) {
      case 'removed':
        return count('board.deleted', result.count)
      case 'selected':
        return selected(editor)
      case 'made':
        return t('board.made', { name: nameOf(result.shape) })
      case 'marked':
        return t('board.marked', { name: nameOf(result.shape) })
      case 'unmarked':
        return t('board.unmarked', { name: nameOf(result.shape) })
      case 'connectFrom':
        return t('board.connectFrom', { name: nameOf(result.shape) })
      case 'connected':
        return t('board.connected', { from: nameOf(result.from), to: nameOf(result.to) })
      case 'placed':
        return placed(editor)
      case 'pointer':
        return pointer(editor, result.over)
      case 'penDown':
      case 'penUp':
      case 'grouped':
      case 'ungrouped':
      case 'lookCopied':
      case 'lookPasted':
        return t(`board.said.${result.kind}`)
    }
  }

  return {
    spoken,
    tell(editor, result) {
      spoken.value = words(editor, result)
    },
  }
}
