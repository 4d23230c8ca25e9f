/**
 * What this window has copied last, in every board and room. A menu that asks the browser for the clipboard gets only
 * the words of shapes, as pages are kept from other programs' formats; with this it finds the shapes again.
 */
let lastCopy: { readonly words: string; readonly shapes: string } | undefined

export function noteCopy(words: string, shapes: string): void {
  lastCopy = { words, shapes }
}

/** The shapes whose words are on the clipboard; otherwise the words as they are. */
export function shapesFor(words: string): string {
  // Windows keeps line ends of its own on its clipboard.
  return lastCopy !== undefined && words.replaceAll('\r\n', '\n') === lastCopy.words ? lastCopy.shapes : words
}
