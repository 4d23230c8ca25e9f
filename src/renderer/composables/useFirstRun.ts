import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { PALETTE_SIZE } from '../../shared/protocol/values'
import { useNavigation } from '../app/navigation'
import { nameProblem, usePreferences } from '../app/preferences'
import { useServices } from '../app/services'

export interface FirstRun {
  readonly name: Ref<string>
  readonly colour: Ref<number>
  /** True once the person tried to go on, so that nobody is scolded before. */
  readonly showProblem: Ref<boolean>
  /** Opened with a room's link: the room comes next. */
  readonly isGuest: ComputedRef<boolean>
  finish(): Promise<void>
}

/** The choice of a name and a colour, once. */
export function useFirstRun(): FirstRun {
  const preferences = usePreferences()
  const navigation = useNavigation()
  const { platform, randomBytes } = useServices()
  const name = ref(preferences.settings.value.name)
  // People who come at the same time should not all have the first colour.
  const colour = ref((randomBytes(1)[0] ?? 0) % PALETTE_SIZE)
  const showProblem = ref(false)

  return {
    name,
    colour,
    showProblem,
    isGuest: computed(() => platform.startLink !== undefined),
    async finish() {
      showProblem.value = true
      if (nameProblem(name.value) !== undefined) return
      await preferences.change({ name: name.value.trim(), colour: colour.value })
      navigation.go({ name: 'home' })
    },
  }
}
