import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { edit, untilPage } from '../../../tools/lib/client/participant'
import { converged, Ground } from './ground'

const NODE_ARGUMENTS = [
  '--experimental-transform-types',
  '--disable-warning=ExperimentalWarning',
  `--import=${pathToFileURL(resolve('scripts/typescriptImports.mjs')).href}`,
]

/** Runs typeUntilKilled.ts. `lines` are what it says. */
function startTypist(folder: string, url: string, ground: Ground) {
  const program = join(import.meta.dirname, 'typeUntilKilled.ts')
  const child = spawn(
    process.execPath,
    [...NODE_ARGUMENTS, program, folder, ground.link, url, ground.pageId],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const ended = once(child, 'exit')
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return { child, ended, lines }
}

it('J5: an app killed offline with unsent edits has all of them when it is started again, and syncs them once', async () => {
  const ground = await Ground.start()
  const { proxy, url } = await ground.proxy()
  const ada = await ground.guest({ name: 'Ada' })
  edit(ada.page, 0, 0, 'Together. ')
  await untilPage(ada.page, ({ synced }) => synced, 'the first words are committed')

  const folder = ground.newFolder()
  const typist = startTypist(folder, url, ground)
  expect(await typist.lines.next()).toMatchObject({ value: 'online' })
  proxy.refuse()
  edit(ada.page, 0, 0, 'Meanwhile. ')
  let kept = 0
  while (kept < 500) kept = Number((await typist.lines.next()).value)
  typist.child.kill('SIGKILL')
  await typist.ended
  for (let rest = await typist.lines.next(); rest.done !== true; rest = await typist.lines.next()) {
    kept = Number(rest.value)
  }

  const again = ground.device({ name: 'Bob', folder, url })
  const page = await again.openText(ground.pageId)
  const offline = page.content.toString()
  const words = offline.split(' ').filter((word) => word.startsWith('w'))
  expect(words).toEqual(words.map((_, index) => `w${index + 1}`))
  expect(words.length).toBeGreaterThanOrEqual(kept)
  expect(page.saveState.value.unsent).toBeGreaterThan(0)

  proxy.heal()
  again.client.connectNow()
  const text = await converged([ada, { participant: again, page }])
  expect(text).toBe(`Meanwhile. ${offline}`)
})
