import type { Shape } from '../../board/model'
import { useSay } from '../../i18n'

/** Longest part of a label that is read out. */
const MAX_SPOKEN = 80

/** What a shape is called by screen readers. */
export function useShapeNames(): (shape: Shape) => string {
  const { t } = useSay()
  return (shape) => {
    const type = t(`board.shape.${shape.type}`)
    const label = 'label' in shape ? shape.label.replace(/\s+/gu, ' ').trim() : ''
    const short = label.length > MAX_SPOKEN ? `${label.slice(0, MAX_SPOKEN)}…` : label
    const name = short === '' ? type : t('board.named', { type, label: short })
    return shape.locked ? t('board.lockedShape', { name }) : name
  }
}
