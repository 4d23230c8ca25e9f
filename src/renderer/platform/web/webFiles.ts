import { checkFileSize, decodeTextFile, encodeTextFile } from '../../../shared/textFile'
import type { Files, OpenedFile } from '../platform'
import { PlatformError } from '../platformError'

/** Files in a browser: read from a file input, written as a download. */
export function createWebFiles(page: Document): Files {
  return {
    open: async () => {
      const file = await chooseFile(page)
      return file === undefined ? undefined : readFile(file)
    },
    readDropped: readFile,
    save: ({ text, suggestedName, format }) => {
      const blob = new Blob([encodeTextFile(text, format)], { type: 'text/plain' })
      download(page, blob, suggestedName)
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

function chooseFile(page: Document): Promise<File | undefined> {
  const input = page.createElement('input')
  input.type = 'file'
  // Without this the element may be collected before the person has chosen.
  input.hidden = true
  page.body.append(input)
  return new Promise((resolve) => {
    const finish = (): void => {
      input.remove()
      resolve(input.files?.[0])
    }
    input.addEventListener('change', finish, { once: true })
    input.addEventListener('cancel', finish, { once: true })
    input.click()
  })
}

function download(page: Document, blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const anchor = page.createElement('a')
  anchor.href = address
  anchor.download = name
  anchor.click()
  // The browser has taken the blob when the click returns; the address is released in the next task.
  setTimeout(() => URL.revokeObjectURL(address), 0)
}
