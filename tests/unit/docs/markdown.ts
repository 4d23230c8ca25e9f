import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A file of the checkout, by its path there. */
export function readDocument(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8')
}

/** A part of a document from one heading to the next. */
export interface Section {
  readonly heading: string
  readonly text: string
}

/** The sections of a document whose headings have so many `#`. */
export function sectionsOf(document: string, level: number): Section[] {
  const marks = '#'.repeat(level)
  const parts = document.split(new RegExp(`^${marks} `, 'm')).slice(1)
  return parts.map((part) => {
    const [heading = '', ...lines] = part.split('\n')
    const end = lines.findIndex((line) => /^#{1,6} /.test(line) && !line.startsWith(`${marks}#`))
    return { heading, text: lines.slice(0, end < 0 ? undefined : end).join('\n') }
  })
}

/** Cells of the first table after `start`, without its head. */
export function tableRows(text: string, start = ''): string[][] {
  const lines = text.slice(Math.max(0, text.indexOf(start))).split('\n')
  const first = lines.findIndex((line) => line.trimStart().startsWith('|'))
  if (first < 0) return []
  const end = lines.findIndex((line, index) => index > first && !line.trimStart().startsWith('|'))
  return lines.slice(first + 2, end < 0 ? undefined : end).map((line) =>
    line
      .trim()
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim()),
  )
}

/** The JSON examples of a text. */
export function jsonBlocks(text: string): string[] {
  return [...text.matchAll(/^```json\n(.*?)^```$/gms)].map(([, json = '']) => json)
}
