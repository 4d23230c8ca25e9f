import { ipcRenderer, type IpcRendererEvent } from 'electron'
import type { z } from 'zod'

/** Calls `listener` with what main sends on a channel, until the returned function is called. */
export function subscribe<T>(
  channel: string,
  schema: z.ZodType<T>,
  listener: (message: T) => void,
): () => void {
  // The event would give the page the sender of any message, so it stays here.
  const take = (_event: IpcRendererEvent, message: unknown): void => listener(schema.parse(message))
  ipcRenderer.on(channel, take)
  return () => void ipcRenderer.off(channel, take)
}
