import { computed, shallowRef, type ComputedRef } from 'vue'
import { parseRoomLink, type RoomLink } from '../../../shared/roomLink'
import { useSay } from '../../i18n'

export interface JoinQuestion {
  /** What is asked, while it is asked. */
  readonly texts: ComputedRef<
    | {
        readonly title: string
        readonly host: string
        readonly invitedBy: string | undefined
        readonly role: string
      }
    | undefined
  >
  /** Asks about a link; false where the text is none. */
  ask(text: string): boolean
  /** Closes the question. Returns the link where the answer was yes. */
  answer(isYes: boolean): RoomLink | undefined
}

/** Before a link that another program handed over is followed: which room, where, and as what. */
export function useJoinQuestion(titleOf: (link: RoomLink) => string): JoinQuestion {
  const say = useSay()
  const link = shallowRef<RoomLink>()

  return {
    texts: computed(() => {
      if (link.value === undefined) return undefined
      const { invite, origins } = link.value
      return {
        title: say.t('joining.confirmTitle', { title: invite?.claims.title ?? titleOf(link.value) }),
        host: new URL(origins[0]).host,
        invitedBy: invite?.claims.by,
        role: invite === undefined ? say.t('joining.roleUnknown') : say.t(`role.${invite.claims.role}`),
      }
    }),
    ask(text) {
      link.value = parseRoomLink(text)
      return link.value !== undefined
    },
    answer(isYes) {
      const asked = link.value
      link.value = undefined
      return isYes ? asked : undefined
    },
  }
}
