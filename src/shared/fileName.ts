/** A file name that any system takes, from a title. Never empty, and never a path. */
export function safeFileName(suggested: string): string {
  const name = suggested
    .replace(/[\p{Cc}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 120)
    // The end of the slice may be half of a character.
    .replace(/[\ud800-\udbff]$/, '')
  return name === '' ? 'untitled' : name
}
