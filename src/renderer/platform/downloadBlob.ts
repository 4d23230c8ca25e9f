/** Gives a file to the person as a download. */
export function downloadBlob(page: Document, blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const anchor = page.createElement('a')
  anchor.href = address
  anchor.download = name
  anchor.click()
  // The browser has taken the blob when the click returns; the address is released in the next task.
  setTimeout(() => URL.revokeObjectURL(address), 0)
}
