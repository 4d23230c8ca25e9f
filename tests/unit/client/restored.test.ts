import { expect, it } from 'vitest'
import type { PageClient } from '../../../src/client/api'
import type { ServerLimits } from '../../../src/server/core/serverLimits'
import type { Text } from '@codemirror/state'
import { textType, type TextOp } from '../../../src/shared/ot/text'
import { createPage } from '../../../src/shared/pages'
import { idOf } from '../../lib/idOf'
import { EngineDevice, EngineGround, type EngineWindow } from '../../lib/engineGround'

const PAGE = idOf('notes')
/** What is written is forgotten after seconds. */
const SHORT: Partial<ServerLimits> = {
  snapshotEvery: 2,
  keepLogMs: 2_000,
  firstUpkeepMs: 500,
  upkeepEveryMs: 1_000,
}

type TextPage = PageClient<Text, TextOp, number>

/** A text page that Ada has made in a room whose server forgets after `limits`. */
async function notes(limits: Partial<ServerLimits> = {}) {
  const ground = await EngineGround.start({ limits: { ...SHORT, ...limits } })
  const [ada, bob] = [new EngineDevice('ada'), new EngineDevice('bob')]
  const window = ground.open(ada)
  await ground.run(() => window.client.pageList.saveState.value.loaded, 10)
  window.client.pageList.edit(
    createPage(window.client.pageList.content, { id: PAGE, kind: 'text', title: 'Notes' }),
  )
  await ground.run(() => false, 1)
  return { ground, ada, bob, window }
}

async function openNotes(ground: EngineGround, window: EngineWindow): Promise<TextPage> {
  const page = window.client.openPage(PAGE, 'text') as TextPage
  await ground.run(() => page.saveState.value.synced, 10)
  return page
}

/** Writes words at the end, one update each, until they are saved. */
async function write(ground: EngineGround, page: TextPage, words: readonly string[]): Promise<void> {
  for (const word of words) {
    const { length } = page.content
    page.edit(textType.parseOp([...(length > 0 ? [length] : []), word]))
    await ground.run(() => page.saveState.value.unsent === 0, 10)
  }
  // What is committed is written to the device a moment later.
  await ground.run(() => false, 1)
}

const WORDS = ['one ', 'two ', 'three ', 'four ', 'five ', 'six ']

it('D9: whose saved words a restored server lost and forgot the time of keeps them as a draft', async () => {
  const { ground, ada, bob, window } = await notes()
  const page = await openNotes(ground, window)
  await write(ground, page, ['kept '])
  const backup = ground.disk.image
  await write(ground, page, ['lost '])
  window.kill()
  await ground.killServer()
  ground.disk.image = backup
  ground.startServer()
  const other = ground.open(bob)
  await write(ground, await openNotes(ground, other), WORDS)
  await ground.run(() => false, 10)

  const again = ground.open(ada)
  const theirs = await openNotes(ground, again)
  expect(theirs.content.toString()).toBe(`kept ${WORDS.join('')}`)
  expect(again.client.drafts.value.map(({ content }) => content)).toEqual([expect.stringContaining('lost')])
  expect(again.errors).toEqual([])
})

/** What Ada finds whose page was open last when only "kept" was in it, and of which the server has no update any more. */
async function comeBackLate(limits: Partial<ServerLimits>) {
  const { ground, ada, bob, window } = await notes(limits)
  await write(ground, await openNotes(ground, window), ['kept '])
  window.kill()
  const other = ground.open(bob)
  await write(ground, await openNotes(ground, other), WORDS)
  await ground.run(() => false, 10)
  // What it has in memory of the log is gone.
  await ground.killServer()
  ground.startServer()

  const again = ground.open(ada)
  const page = await openNotes(ground, again)
  return { text: page.content.toString(), drafts: again.client.drafts.value.map(({ content }) => content) }
}

it('D9: who was away for longer than updates are kept goes on without a draft', async () => {
  expect(await comeBackLate({})).toEqual({ text: `kept ${WORDS.join('')}`, drafts: [] })
})

it('D9: who stands before the heads that are remembered has a draft to be safe', async () => {
  expect(await comeBackLate({ keepHeads: 0 })).toEqual({
    text: `kept ${WORDS.join('')}`,
    drafts: [expect.stringContaining('kept')],
  })
})
