import type { Preview, PreviewKey, Previews } from '../../src/renderer/platform/previews/previews'

/** Previews as long as the page lives. */
export class MemoryPreviews implements Previews {
  readonly #kept = new Map<string, { readonly key: PreviewKey; readonly preview: Preview }>()

  prepare(): void {
    // It is ready.
  }

  async get(key: PreviewKey): Promise<Preview | undefined> {
    return this.#kept.get(nameOf(key))?.preview
  }

  async put(key: PreviewKey, preview: Preview): Promise<void> {
    this.#kept.set(nameOf(key), { key, preview })
  }

  async forgetPage(roomId: string, pageId: string): Promise<void> {
    this.#forget((key) => key.roomId === roomId && key.pageId === pageId)
  }

  async forgetRoom(roomId: string): Promise<void> {
    this.#forget((key) => key.roomId === roomId)
  }

  #forget(isMeant: (key: PreviewKey) => boolean): void {
    for (const [name, { key }] of this.#kept) if (isMeant(key)) this.#kept.delete(name)
  }
}

const nameOf = ({ roomId, pageId, theme }: PreviewKey): string => `${roomId}/${pageId}/${theme}`
