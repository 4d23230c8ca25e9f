import type { AssetClient } from '../../../client/api'
import { asPng } from './browserCodec'
import { decodePicture } from './decodePicture'

/** The parts of what is pasted or dropped that are looked at. */
export interface TransferredData {
  readonly files: Iterable<File> & ArrayLike<File>
  getData(type: string): string
}

/**
 * The pictures on the clipboard, where they are what was copied. Office programs add a picture of the text that was
 * copied, and browsers and file managers the address or name of the picture as text.
 */
export function picturesOn(data: TransferredData): readonly File[] {
  const files = [...data.files]
  const text = data.getData('text/plain').trim()
  const names = new Set(files.map(({ name }) => name))
  const isAboutFiles = text
    .split(/\r?\n/)
    .every(
      (line) => line === '' || /^[a-z-]+:\S+$/i.test(line) || names.has(line.split(/[\\/]/).at(-1) ?? ''),
    )
  return isAboutFiles ? files : []
}

/**
 * Adds a picture as PNG to what is on the clipboard, for other programs; `text` is what was put there before. Does
 * nothing where the browser does not let pages do so, as over plain http.
 */
export async function copyAsPng(assetId: string, text: string, assets: AssetClient): Promise<void> {
  const { clipboard }: { readonly clipboard?: Clipboard } = navigator
  if (clipboard === undefined || typeof ClipboardItem === 'undefined') return
  const png = pngOf(assetId, assets)
  const item = new ClipboardItem({ 'text/plain': new Blob([text], { type: 'text/plain' }), 'image/png': png })
  try {
    await clipboard.write([item])
  } catch (error) {
    // Not allowed, or no picture yet: the shapes are on the clipboard already.
    if (!(error instanceof DOMException) && !(error instanceof MissingPictureError)) throw error
  }
}

class MissingPictureError extends Error {
  override readonly name = 'MissingPictureError'
}

async function pngOf(assetId: string, assets: AssetClient): Promise<Blob> {
  const bytes = await assets.read(assetId)
  if (bytes === undefined) throw new MissingPictureError('the picture is not on this device')
  const pixels = await decodePicture(new Blob([Uint8Array.from(bytes)]))
  try {
    return await asPng(pixels)
  } finally {
    pixels.close()
  }
}

/** What the browser hands out of the clipboard when asked: pictures, or text. */
export async function readClipboard(
  clipboard: Clipboard,
): Promise<{ readonly files: readonly File[]; readonly text: string }> {
  const files: File[] = []
  let text = ''
  for (const item of await clipboard.read()) {
    const type = item.types.find((each) => each.startsWith('image/'))
    if (item.types.includes('text/plain')) text ||= await (await item.getType('text/plain')).text()
    if (type !== undefined) files.push(new File([await item.getType(type)], 'image.png', { type }))
  }
  return { files, text }
}
