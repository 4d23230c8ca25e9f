import { onScopeDispose, ref, type Ref } from 'vue'

/** Where files were let go, in the window. */
export interface DropPlace {
  readonly x: number
  readonly y: number
}

/**
 * Takes files dropped anywhere onto the window, before an editor would paste them into the text. True while some are held
 * over it.
 */
export function useFileDrop(take: (files: readonly File[], at: DropPlace) => Promise<void>): Ref<boolean> {
  const isDropping = ref(false)
  const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true

  const over = (event: DragEvent): void => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    isDropping.value = true
  }
  const leave = (event: DragEvent): void => {
    if (event.relatedTarget === null) isDropping.value = false
  }
  const drop = (event: DragEvent): void => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    event.stopPropagation()
    isDropping.value = false
    void take([...(event.dataTransfer?.files ?? [])], { x: event.clientX, y: event.clientY })
  }

  window.addEventListener('dragover', over, { capture: true })
  window.addEventListener('dragleave', leave, { capture: true })
  window.addEventListener('drop', drop, { capture: true })
  onScopeDispose(() => {
    window.removeEventListener('dragover', over, { capture: true })
    window.removeEventListener('dragleave', leave, { capture: true })
    window.removeEventListener('drop', drop, { capture: true })
  })
  return isDropping
}
