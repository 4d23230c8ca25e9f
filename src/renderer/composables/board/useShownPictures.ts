import { onScopeDispose, watch } from 'vue'
import type { Shape } from '../../board/model'
import type { PictureCaption, PictureLook } from '../../board/pictures/pictureLook'
import { percentOf, Pictures } from '../../board/pictures/pictures'
import { useSay } from '../../i18n'
import type { OpenBoardPage } from '../openBoardPage'

export interface ShownPictures {
  readonly source: Pictures
  /** How a picture stands, in words; undefined for one that is there, and for other shapes. */
  statusOf(shape: Shape): string | undefined
}

/** Bytes of pixels that are kept: a board of photographs at their size on a large screen; less on a phone. */
const MAX_PIXEL_BYTES = 256 * 1024 * 1024
const MAX_PIXEL_BYTES_PHONE = 96 * 1024 * 1024

/** The pictures of a board that is on the screen, and the words about them. */
export function useShownPictures(page: OpenBoardPage): ShownPictures {
  const say = useSay()

  function captionOf(look: PictureLook): PictureCaption | undefined {
    switch (look.kind) {
      case 'opening':
        return undefined
      case 'shown':
        if (look.upload === undefined) return undefined
        return {
          title:
            look.upload === 0
              ? say.t('pictures.unsent')
              : say.t('pictures.sending', { percent: percentOf(look.upload) }),
        }
      case 'loading':
        return {
          title:
            look.progress === undefined
              ? say.t('pictures.loadingFirst')
              : say.t('pictures.loading', { percent: percentOf(look.progress) }),
        }
      case 'waiting':
        return page.isConnected.value
          ? { title: say.t('pictures.waiting'), detail: say.t('pictures.waitingDetail') }
          : { title: say.t('pictures.unconnected') }
      case 'failed':
        return {
          title: say.t('pictures.failed'),
          detail: say.t('pictures.retry', { reason: say.error(look.code) }),
        }
      case 'broken':
        return { title: say.t('pictures.broken'), detail: say.t('pictures.brokenDetail') }
      case 'missing':
        return { title: say.t('pictures.missing'), detail: say.t('pictures.missingDetail') }
    }
  }

  const isPhone = window.matchMedia('(pointer: coarse)').matches
  const source = new Pictures({
    assets: page.assets,
    maxBytes: isPhone ? MAX_PIXEL_BYTES_PHONE : MAX_PIXEL_BYTES,
    captionOf,
  })
  // The words on the cards change with these.
  watch([say.locale, page.isConnected], () => source.repaint())
  onScopeDispose(() => source.stop())

  return {
    source,
    statusOf(shape) {
      if (shape.type !== 'image') return undefined
      const look: PictureLook =
        shape.assetId === undefined ? { kind: 'missing' } : source.stateOf(shape.assetId)
      return captionOf(look)?.title
    },
  }
}
