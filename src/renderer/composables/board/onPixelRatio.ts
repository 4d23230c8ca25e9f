/** Calls back when the window shows more or fewer pixels for a CSS pixel: on another monitor, at another zoom. */
export function onPixelRatio(
  window: Pick<Window, 'devicePixelRatio' | 'matchMedia'>,
  callback: () => void,
): () => void {
  let query: MediaQueryList
  const changed = (): void => {
    listen()
    callback()
  }
  // A query asks for one ratio: it tells that this one holds no more.
  const listen = (): void => {
    query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
    query.addEventListener('change', changed, { once: true })
  }
  listen()
  return () => query.removeEventListener('change', changed)
}
