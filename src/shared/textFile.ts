/**
 * Text files as bytes and as the editor takes them: UTF-8 with or without a byte order mark, line breaks \n only.
 * A file whose line breaks are all \r\n or all \n comes out byte for byte as it went in.
 */

/** What a file had that its text in the editor has not. */
export interface FileFormat {
  readonly bom: boolean
  readonly lineBreak: '\n' | '\r\n'
}

export interface DecodedFile {
  readonly text: string
  readonly format: FileFormat
}

/** Largest file that is opened, in bytes: the editor stays quick with it. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024

/** How a file is written that never was one. */
export const NEW_FILE_FORMAT: FileFormat = { bom: false, lineBreak: '\n' }

export type TextFileErrorCode = 'file-not-text' | 'file-too-large'

export class TextFileError extends Error {
  override readonly name = 'TextFileError'
  constructor(
    readonly code: TextFileErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** Throws {@link TextFileError} `file-too-large`. Worth calling before a file is read. */
export function checkFileSize(bytes: number, maxBytes = MAX_FILE_BYTES): void {
  if (bytes > maxBytes) {
    throw new TextFileError('file-too-large', `the file has ${bytes} bytes, the limit is ${maxBytes}`)
  }
}

/**
 * Text of a file. Where line breaks are mixed, the more frequent of \n and \r\n becomes the file's format (\n on a
 * tie); a lone \r counts as a line break too. Throws {@link TextFileError}.
 */
export function decodeTextFile(bytes: Uint8Array, maxBytes = MAX_FILE_BYTES): DecodedFile {
  checkFileSize(bytes.length, maxBytes)
  if (bytes.includes(0)) throw new TextFileError('file-not-text', 'the file contains NUL bytes')
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const raw = decodeUtf8(bom ? bytes.subarray(3) : bytes)
  if (!raw.includes('\r')) return { text: raw, format: { bom, lineBreak: '\n' } }
  const text = raw.replace(/\r\n?/g, '\n')
  return { text, format: { bom, lineBreak: majorityLineBreak(raw) } }
}

/** Bytes of a file. `text` has \n line breaks and is well-formed. */
export function encodeTextFile(text: string, format: FileFormat): Uint8Array<ArrayBuffer> {
  const body = format.lineBreak === '\n' ? text : text.replaceAll('\n', format.lineBreak)
  return new TextEncoder().encode(format.bom ? `\ufeff${body}` : body)
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    // ignoreBOM keeps a second mark, which then is content.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    throw new TextFileError('file-not-text', 'the file is not UTF-8', { cause: error })
  }
}

function majorityLineBreak(raw: string): '\n' | '\r\n' {
  let crlf = 0
  let lf = 0
  for (let at = raw.indexOf('\n'); at !== -1; at = raw.indexOf('\n', at + 1)) {
    if (raw[at - 1] === '\r') crlf++
    else lf++
  }
  return crlf > lf ? '\r\n' : '\n'
}
