/** A word of a language with spaces, or one character of one without. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}])+(?:['’-](?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}])+)*/gu

/** Number of words in a line. Chinese and Japanese characters count as one each, as writers there count. */
export function countWords(line: string): number {
  return line.match(WORD)?.length ?? 0
}
