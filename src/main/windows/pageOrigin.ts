import { APP_ORIGIN } from './appAddress'
import type { PageOrigin } from './lockDown'

/** Where the pages come from: the app itself, or the development server in `npm run dev`. */
export function pageOriginOf(developmentServer: string | undefined): PageOrigin & { readonly page: string } {
  if (developmentServer === undefined) {
    return { page: `${APP_ORIGIN}/`, owns: (address) => address.startsWith(`${APP_ORIGIN}/`) }
  }
  const server = new URL(developmentServer)
  const hosts = [`http://${server.host}`, `ws://${server.host}`]
  return { page: server.href, owns: (address) => hosts.some((host) => address.startsWith(`${host}/`)) }
}
