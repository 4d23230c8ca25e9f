import { checkFileSize, decodeTextFile, encodeTextFile } from '../../../shared/textFile'
import { chooseFiles } from '../chooseFiles'
import type { Files, OpenedFile } from '../platform'
import { downloadBlob } from '../downloadBlob'
import { PlatformError } from '../platformError'

/** Files in a browser: read from a file input, written as a download. */
export function createWebFiles(page: Document): Files {
  return {
    open: async () => {
      const [file] = await chooseFiles(page)
      return file === undefined ? undefined : readFile(file)
    },
    readDropped: readFile,
    save: ({ text, suggestedName, format }) => {
      const blob = new Blob([encodeTextFile(text, format)], { type: 'text/plain' })
      downloadBlob(page, blob, suggestedName)
      return Promise.resolve({ name: suggestedName, fileId: undefined })
    },
  }
}

async function readFile(file: File): Promise<OpenedFile> {
  checkFileSize(file.size)
  let bytes: ArrayBuffer
  try {
    bytes = await file.arrayBuffer()
  } catch (error) {
    // A folder, a file that has gone since, one without permission.
    throw new PlatformError('file-unreadable', 'the browser cannot read the file', { cause: error })
  }
  const { text, format } = decodeTextFile(new Uint8Array(bytes))
  return { name: file.name, text, format, fileId: undefined }
}
