import { computed, ref, shallowRef, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import type { Profile } from '../../client/api'
import { MAX_NAME_LENGTH, nameSchema } from '../../shared/protocol/values'
import type { Settings, SettingsStore } from '../platform/platform'
import { required } from './services'

/** What the person chose, kept by the platform. */
export class Preferences {
  readonly settings: Ref<Settings>
  readonly profile: ComputedRef<Profile>
  /** True while the last change could not be stored. */
  readonly saveFailed = ref(false)
  #saving: Promise<void> = Promise.resolve()

  constructor(
    private readonly store: SettingsStore,
    initial: Settings,
  ) {
    // Shallow: a reactive proxy cannot be sent to main.
    this.settings = shallowRef(initial)
    store.onChange((settings) => {
      this.settings.value = settings
    })
    this.profile = computed(() => ({ name: this.settings.value.name, colour: this.settings.value.colour }))
  }

  /** Changes settings at once and stores them, one save after the other. */
  change(part: Partial<Settings>): Promise<void> {
    this.settings.value = { ...this.settings.value, ...part }
    const settings = this.settings.value
    this.#saving = this.#saving
      .then(() => this.store.save(settings))
      .then(
        () => {
          this.saveFailed.value = false
        },
        () => {
          this.saveFailed.value = true
        },
      )
    return this.#saving
  }
}

/** What is wrong with a name; undefined for a good one. */
export function nameProblem(name: string): 'missing' | 'too-long' | undefined {
  const trimmed = name.trim()
  if (trimmed.length > MAX_NAME_LENGTH) return 'too-long'
  return nameSchema.safeParse(trimmed).success ? undefined : 'missing'
}

export const preferencesKey: InjectionKey<Preferences> = Symbol('preferences')

/** The person's preferences. Call in `setup`. */
export function usePreferences(): Preferences {
  return required(preferencesKey)
}
