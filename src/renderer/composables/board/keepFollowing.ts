import { watch, type Ref } from 'vue'
import type { BoardPresence } from '../../bindings/board/boardPresence'
import type { BoardEditor } from '../../board/boardEditor'
import { followView } from '../../board/camera'

/**
 * Keeps the camera where a followed person's is. `following`: ids of that person's sessions. `show` goes there at once,
 * as far as it is known what they see.
 */
export function keepFollowing(
  following: Readonly<Ref<readonly string[]>>,
  editor: BoardEditor,
  presence: Pick<BoardPresence, 'others'>,
): { show(): void; stop(): void } {
  const show = (): void => {
    const person = presence.others.value.find((other) => following.value.includes(other.person.sessionId))
    editor.followedView = person?.view
    if (person?.view !== undefined) editor.setCamera(followView(person.view, editor.size), false)
  }
  const stops = [presence.others.subscribe(show), watch(following, show)]
  return {
    show,
    stop() {
      for (const stop of stops) stop()
    },
  }
}
