import type { Shape } from '../../board/model'
import { useSay } from '../../i18n'

/** Longest part of a label that is read out. */
const MAX_SPOKEN = 80

/** What a shape is called by screen readers; `statusOf`: how a picture stands that is not there yet. */
export function useShapeNames(statusOf?: (shape: Shape) => string | undefined): (shape: Shape) => string {
  const { t } = useSay()
  return (shape) => {
    const type = t(`board.shape.${shape.type}`)
    const label = 'label' in shape ? shape.label.replace(/\s+/gu, ' ').trim() : ''
    const short = label.length > MAX_SPOKEN ? `${label.slice(0, MAX_SPOKEN)}…` : label
    const named = short === '' ? type : t('board.named', { type, label: short })
    const status = statusOf?.(shape)
    const name = status === undefined ? named : t('pictures.status', { name: named, status })
    return shape.locked ? t('board.lockedShape', { name }) : name
  }
}
