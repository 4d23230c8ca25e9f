import { markdown, markdownLanguage } from '@codemirror/lang-markdown'
import { LanguageDescription } from '@codemirror/language'
import { languages } from '@codemirror/language-data'
import type { Extension } from '@codemirror/state'

/** Markdown with the extensions of GitHub; code fences in the languages they name, loaded when they occur. */
export function markdownSupport(): Extension {
  return markdown({ base: markdownLanguage, codeLanguages: languages })
}

/** The language of a source file by the title of its page; undefined for text and Markdown. */
export function sourceLanguage(title: string): LanguageDescription | undefined {
  const found = LanguageDescription.matchFilename(languages, title)
  return found === null || found.name === 'Markdown' ? undefined : found
}
