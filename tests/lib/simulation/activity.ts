import type { Marks } from './marks'
import type { Window } from './participant'
import type { World } from './world'

/** What people do on the page of a world, and what has to be true of it in the end. */
export interface Activity {
  readonly kind: 'text' | 'board'
  readonly marks: Marks
  /** The person at a window whose page is loaded does something. */
  act(window: Window): void
  /** The window is about to close the page. */
  leave(window: Window): void
  /** Throws unless what was done is there. Everybody is in step and shows the same. */
  check(world: World, drafts: readonly string[]): void | Promise<void>
}
