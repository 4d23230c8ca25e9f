import { toString as drawQr } from 'qrcode'
import { ref, watch, type ComputedRef, type Ref } from 'vue'
import { useNotices } from '../app/notices'
import { useServices } from '../app/services'
import { useSay } from '../i18n'

export interface Invite {
  readonly isOpen: Ref<boolean>
  /** The link as a QR code: the address of an SVG image. */
  readonly qr: Ref<string | undefined>
  /** The link that was copied last, for a moment. */
  readonly copied: Ref<string | undefined>
  copy(link: string): Promise<void>
}

/** How long "Link copied" stays on the button. */
const COPIED_MS = 2000

/** Giving the room's link to others. */
export function useInvite(links: ComputedRef<readonly string[]>): Invite {
  const { platform, clock } = useServices()
  const notices = useNotices()
  const { t } = useSay()
  const isOpen = ref(false)
  const qr = ref<string>()
  const copied = ref<string>()

  watch([isOpen, links], async ([open, [link]]) => {
    if (!open || link === undefined) return
    const svg = await drawQr(link, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' })
    qr.value = `data:image/svg+xml,${encodeURIComponent(svg)}`
  })

  return {
    isOpen,
    qr,
    copied,
    async copy(link) {
      try {
        await platform.copyText(link)
        copied.value = link
        notices.announce(t('room.inviteCopied'))
        clock.after(COPIED_MS, () => {
          copied.value = undefined
        })
      } catch {
        notices.show(t('editor.copyFailed'), { tone: 'error' })
      }
    },
  }
}
