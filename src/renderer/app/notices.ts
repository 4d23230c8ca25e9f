import { ref, shallowRef, type InjectionKey, type Ref } from 'vue'
import type { LongTask } from './longTask'
import { required } from './services'

/** A short message that goes away by itself. Lasting errors are shown where they belong instead. */
export interface Toast {
  readonly id: number
  readonly tone: 'plain' | 'good' | 'error'
  readonly text: string
  readonly action: { readonly label: string; run(): void } | undefined
  /** Milliseconds on the screen. */
  readonly duration: number
}

const DURATION_MS = 4000
/** With something to press, or something to read: longer. */
const LONG_DURATION_MS = 10_000

/** What the app says in passing: toasts on the screen, and sentences for screen readers. */
export class Notices {
  readonly toasts: Ref<readonly Toast[]> = ref([])
  /** Work under way that takes long. */
  readonly tasks = shallowRef<readonly LongTask[]>([])
  /** The last sentence for screen readers; shown in a polite live region. */
  readonly announcement = ref('')
  #nextId = 1

  /** Confirms something, with an action to take it back perhaps. */
  show(text: string, options: { tone?: Toast['tone']; action?: Toast['action'] } = {}): void {
    const { tone = 'plain', action } = options
    const duration = action !== undefined || tone === 'error' ? LONG_DURATION_MS : DURATION_MS
    this.toasts.value = [...this.toasts.value.slice(-2), { id: this.#nextId++, tone, text, action, duration }]
  }

  dismiss(id: number): void {
    this.toasts.value = this.toasts.value.filter((toast) => toast.id !== id)
  }

  /** Says a change of state to those who do not see it. */
  announce(text: string): void {
    this.announcement.value = text
  }
}

export const noticesKey: InjectionKey<Notices> = Symbol('notices')

/** The app's notices. Call in `setup`. */
export function useNotices(): Notices {
  return required(noticesKey)
}
