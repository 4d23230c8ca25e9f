import type { Shape } from './model'

/** What a key has done, for those who do not see it. */
export type KeyResult =
  | { readonly kind: 'removed'; readonly count: number }
  | { readonly kind: 'selected' }
  | { readonly kind: 'made'; readonly shape: Shape }
  | { readonly kind: 'marked' | 'unmarked' | 'connectFrom'; readonly shape: Shape }
  | { readonly kind: 'connected'; readonly from: Shape; readonly to: Shape }
  /** What is selected, after it was moved, resized or turned. */
  | { readonly kind: 'placed' }
  /** Where the keyboard's pointer is, and what lies there. */
  | { readonly kind: 'pointer'; readonly over: Shape | undefined }
  | { readonly kind: 'penDown' | 'penUp' | 'grouped' | 'ungrouped' | 'lookCopied' | 'lookPasted' }

export type TellResult = (result: KeyResult) => void
