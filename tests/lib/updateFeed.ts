import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'

export interface Release {
  readonly version: string
  readonly content: Buffer
  /** Of all installations, in per cent; undefined: all. */
  readonly stagingPercentage?: number
  /** The hash that the feed names, where that is another than the content's. */
  readonly sha512?: string
}

/** A feed of releases over http on loopback, in the form electron-builder writes for a generic provider. */
export class UpdateFeed {
  readonly requests: { readonly path: string; readonly headers: IncomingHttpHeaders }[] = []
  release: Release | undefined
  readonly #server: Server

  private constructor() {
    this.#server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
      this.requests.push({ path: pathname, headers: request.headers })
      const content = this.#contentOf(pathname)
      response.writeHead(content === undefined ? 404 : 200)
      response.end(content)
    })
  }

  static async start(): Promise<UpdateFeed> {
    const feed = new UpdateFeed()
    feed.#server.listen(0, '127.0.0.1')
    await once(feed.#server, 'listening')
    return feed
  }

  get url(): string {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('the feed has no port')
    return `http://127.0.0.1:${address.port}/`
  }

  async stop(): Promise<void> {
    this.#server.close()
    this.#server.closeAllConnections()
    await once(this.#server, 'close')
  }

  #contentOf(path: string): Buffer | string | undefined {
    const { release } = this
    if (release === undefined) return undefined
    const { version, content, stagingPercentage } = release
    const file = `inkroom-${version}-x86_64.AppImage`
    if (path === `/${file}`) return content
    if (path !== '/latest-linux.yml') return undefined
    const sha512 = release.sha512 ?? createHash('sha512').update(content).digest('base64')
    return [
      `version: ${version}`,
      'files:',
      `  - url: ${file}`,
      `    sha512: ${sha512}`,
      `    size: ${content.length}`,
      `path: ${file}`,
      `sha512: ${sha512}`,
      `releaseDate: '2026-11-26T00:00:00.000Z'`,
      ...(stagingPercentage === undefined ? [] : [`stagingPercentage: ${stagingPercentage}`]),
      '',
    ].join('\n')
  }
}
