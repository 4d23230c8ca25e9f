/** Makes the browser ask before the page is closed while there are unsent edits. Returns what takes their count. */
export function createLeaveWarning(page: Window): (unsent: number) => void {
  // A listener alone keeps pages out of the browser's back-forward cache, so it is there only while needed.
  const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
  return (unsent) => {
    if (unsent > 0) page.addEventListener('beforeunload', warn)
    else page.removeEventListener('beforeunload', warn)
  }
}
