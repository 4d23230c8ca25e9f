import { ipcRenderer, type IpcRendererEvent } from 'electron'

/** Calls `listener` with what main sends on a channel, until the returned function is called. */
export function subscribe(channel: string, listener: (message: unknown) => void): () => void {
  // The event would give the page the sender of any message, so it stays here.
  const take = (_event: IpcRendererEvent, message: unknown): void => listener(message)
  ipcRenderer.on(channel, take)
  return () => void ipcRenderer.off(channel, take)
}
