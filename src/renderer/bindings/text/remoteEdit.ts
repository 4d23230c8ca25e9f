import { Annotation } from '@codemirror/state'

/** Marks a transaction that brings what others wrote: it is not sent again and not undone. */
export const remoteEdit = Annotation.define<boolean>()
