import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import type { Figure } from './timing'

/** Not localhost, which browsers count as secure: guests come over plain http. */
const HOST = 'room.test'

/** What the browser's cache costs: IndexedDB in the Chromium at `executablePath`, its profile in `folder`. */
export async function measureBrowser(folder: string, executablePath: string): Promise<Figure[]> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: folder,
    build: {
      outDir: 'page',
      lib: {
        entry: path.join(import.meta.dirname, 'browserPage.ts'),
        formats: ['es'],
        fileName: () => 'page.js',
      },
    },
  })
  const script = await readFile(path.join(folder, 'page', 'page.js'))
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? script : '<script type="module" src="/page.js"></script>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const browser = await chromium.launchPersistentContext(path.join(folder, 'profile'), {
    executablePath,
    args: ['--no-sandbox', `--host-resolver-rules=MAP ${HOST} 127.0.0.1`],
  })
  try {
    const page = await browser.newPage()
    await page.goto(`http://${HOST}:${port}/`)
    await page.waitForFunction('window.measure !== undefined')
    return await page.evaluate<Figure[]>('window.measure()')
  } finally {
    await browser.close()
    server.close()
  }
}
