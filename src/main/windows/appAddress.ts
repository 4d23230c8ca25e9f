import { join, normalize, sep } from 'node:path'

/**
 * The app's pages come from `app://inkroom/`, not from file: that gives them an origin of their own, from which
 * nothing else on the disk can be read.
 */
export const APP_SCHEME = 'app'
export const APP_ORIGIN = `${APP_SCHEME}://inkroom`

/** The file an address stands for. Undefined for another host, and for what is outside the folder. */
export function filePathOf(address: string, folder: string): string | undefined {
  const url = new URL(address)
  if (`${url.protocol}//${url.host}` !== APP_ORIGIN) return undefined
  let path: string
  try {
    path = decodeURIComponent(url.pathname)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
  if (path.includes('\0') || path.includes('\\')) return undefined
  const file = normalize(join(folder, path === '/' ? 'index.html' : path))
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? file : undefined
}
