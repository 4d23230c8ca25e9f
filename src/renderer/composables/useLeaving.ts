import { computed, ref, type ComputedRef, type Ref } from 'vue'
import type { ConnectionStatus } from '../../client/status'
import { useNavigation, type OpenRoom } from '../app/navigation'
import { codeOf } from '../app/codeOf'
import { useNotices } from '../app/notices'
import { useServices } from '../app/services'
import { useSay } from '../i18n'

export interface Leaving {
  /** The question that is being asked. */
  readonly question: Ref<'leave' | 'close' | undefined>
  readonly texts: ComputedRef<{ title: string; text: string; confirm: string }>
  /** True while the server is asked to confirm. */
  readonly isBusy: Ref<boolean>
  /** Code of what went wrong with closing. */
  readonly problem: Ref<string | undefined>
  /** Asks before leaving; goes at once where this person is not in the room anyway. */
  ask(what: 'leave' | 'close'): void
  answer(): Promise<void>
}

/** Where a connection stands when there is nothing to leave. */
const OUTSIDE: ReadonlySet<ConnectionStatus['state']> = new Set(['refused', 'roomClosed', 'left', 'waiting'])

/** The ways out of a room. */
export function useLeaving(room: OpenRoom): Leaving {
  const { platform } = useServices()
  const navigation = useNavigation()
  const notices = useNotices()
  const say = useSay()
  const { client, hosted } = room
  const question = ref<'leave' | 'close'>()
  const isBusy = ref(false)
  const problem = ref<string>()

  function goHome(): void {
    // A guest's address names the room: without this, reloading would enter it again.
    if (platform.kind === 'web') window.history.replaceState(null, '', '/')
    navigation.go({ name: 'home' })
  }

  async function leave(): Promise<void> {
    const wasAtTheDoor = client.status.value.state === 'waiting'
    isBusy.value = true
    try {
      await client.leave()
    } finally {
      isBusy.value = false
    }
    const unsent = client.unsent.value
    if (unsent > 0) notices.show(say.count('room.leftUnsent', unsent))
    else if (!wasAtTheDoor) notices.show(say.t('room.leftSafely'))
    goHome()
  }

  async function close(): Promise<void> {
    isBusy.value = true
    problem.value = undefined
    try {
      if (hosted !== undefined && platform.hosting !== undefined) await platform.hosting.close(hosted.roomId)
      else await client.closeRoom()
      await client.leave()
      notices.show(say.t('room.closed'))
      goHome()
    } catch (error) {
      problem.value = codeOf(error)
    } finally {
      isBusy.value = false
    }
  }

  const texts = computed(() => {
    if (question.value === 'close') {
      const title = say.t('home.closeTitle', { title: client.title.value })
      return { title, text: say.t('home.closeText'), confirm: say.t('home.closeRoom') }
    }
    const text = [say.t(hosted === undefined ? 'room.leaveText' : 'room.leaveHostText')]
    if (client.unsent.value > 0) text.push(say.count('room.leaveUnsent', client.unsent.value))
    return { title: say.t('room.leaveTitle'), text: text.join(' '), confirm: say.t('room.leave') }
  })

  return {
    question,
    texts,
    isBusy,
    problem,
    ask(what) {
      const { state } = client.status.value
      if (what === 'leave' && OUTSIDE.has(state)) void leave()
      else question.value = what
    },
    async answer() {
      const asked = question.value
      question.value = undefined
      if (asked === 'close') await close()
      if (asked === 'leave') await leave()
    },
  }
}
