import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import { codeOf } from '../../app/codeOf'
import { useServices } from '../../app/services'
import { useSay } from '../../i18n'
import type { HostedRoom, RoomFile } from '../../platform/platform'
import { useFileDrop } from '../useFileDrop'
import { useRoomFileTask } from './useRoomFileTask'

export interface OpenRoomFile {
  /** False where the platform has no room files: in a browser. */
  readonly isPossible: boolean
  /** What is asked before a file becomes a room, while it is asked. */
  readonly question: ComputedRef<{ readonly title: string; readonly text: string } | undefined>
  /** Whether others in the network shall find the new room by themselves. */
  readonly listed: Ref<boolean>
  /** True while a file is held over the window. */
  readonly isDropping: Readonly<Ref<boolean>>
  /** Lets the person choose a file, and asks about it. */
  choose(): Promise<void>
  /** Asks about a file. */
  ask(file: RoomFile): void
  answer(isYes: boolean): Promise<void>
}

/**
 * Makes a room of this device of a file, after asking. `enter` goes into it; `onProblem` gets the code of what went wrong,
 * and undefined once that is past.
 */
export function useOpenRoomFile(
  enter: (room: HostedRoom) => void,
  onProblem: (code: string | undefined) => void,
): OpenRoomFile {
  const { roomFiles } = useServices().platform
  const say = useSay()
  const run = useRoomFileTask(onProblem)
  const file = shallowRef<RoomFile>()
  const listed = ref(false)

  function ask(asked: RoomFile): void {
    listed.value = false
    file.value = asked
  }

  /** Asks about a file that is on its way here. */
  async function askAbout(coming: Promise<RoomFile | undefined> | undefined): Promise<void> {
    onProblem(undefined)
    try {
      const found = await coming
      if (found !== undefined) ask(found)
    } catch (error) {
      onProblem(codeOf(error))
    }
  }

  const isDropping = useFileDrop(async ([first]) => {
    if (first !== undefined) await askAbout(roomFiles?.takeDropped(first))
  })

  return {
    isPossible: roomFiles !== undefined,
    question: computed(() =>
      file.value === undefined
        ? undefined
        : { title: say.t('roomFile.openTitle', { name: file.value.name }), text: say.t('roomFile.openText') },
    ),
    listed,
    isDropping: computed(() => isDropping.value && roomFiles !== undefined),
    ask,
    choose: () => askAbout(roomFiles?.choose()),

    async answer(isYes) {
      const asked = file.value
      file.value = undefined
      if (!isYes || asked === undefined || roomFiles === undefined) return
      const text = say.t('roomFile.opening', { name: asked.name })
      const room = await run(text, (task) => roomFiles.open(asked, listed.value, task))
      if (room !== undefined) enter(room)
    },
  }
}
