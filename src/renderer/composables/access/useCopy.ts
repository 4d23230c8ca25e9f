import { ref, type Ref } from 'vue'
import { useNotices } from '../../app/notices'
import { useServices } from '../../app/services'
import { useSay } from '../../i18n'

/** How long a button says that its text was copied, milliseconds. */
const COPIED_MS = 2_000

export interface Copying {
  /** The text that was copied last, for a moment. */
  readonly copied: Ref<string | undefined>
  copy(text: string): Promise<void>
}

/** Copies links, and says so on the button and to screen readers. */
export function useCopy(): Copying {
  const { platform, clock } = useServices()
  const notices = useNotices()
  const { t } = useSay()
  const copied = ref<string>()

  return {
    copied,
    async copy(text) {
      try {
        await platform.copyText(text)
      } catch {
        notices.show(t('editor.copyFailed'), { tone: 'error' })
        return
      }
      copied.value = text
      notices.announce(t('room.inviteCopied'))
      clock.after(COPIED_MS, () => {
        if (copied.value === text) copied.value = undefined
      })
    },
  }
}
