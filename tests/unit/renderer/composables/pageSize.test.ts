import { flushPromises } from '@vue/test-utils'
import { expect, it, onTestFinished } from 'vitest'
import { useCurrentPage } from '../../../../src/renderer/composables/useCurrentPage'
import { usePages } from '../../../../src/renderer/composables/usePages'
import { usePageSize } from '../../../../src/renderer/composables/usePageSize'
import { MAX_RECORDS } from '../../../../src/shared/board/limits'
import type { RecordChange } from '../../../../src/shared/ot/records'
import { onlineClient, testApp, withSetup } from '../../../lib/withApp'

const SHAPE: RecordChange = { put: { kind: 'rectangle', props: { x: 1 } } }

function boardOnScreen() {
  const client = onlineClient()
  const { result, unmount } = withSetup(testApp(), () => {
    const pages = usePages(client)
    const current = useCurrentPage(client, pages)
    return { current, size: usePageSize(client, current) }
  })
  onTestFinished(unmount)
  result.current.createBoard()
  const { board } = result.current
  const add = async (count: number, from = 0): Promise<void> => {
    const shapes = Array.from({ length: count }, (_, index) => [`s${from + index}`, SHAPE] as const)
    board.value?.page.edit(Object.fromEntries(shapes))
    await flushPromises()
  }
  return { client, ...result, add }
}

it('X25: a board says from 80 % on how full it is, counted in shapes', async () => {
  const { client, size, add } = boardOnScreen()
  client.limits.set({ maxPageLength: 32 * 1024 * 1024 })
  await add(MAX_RECORDS * 0.8 - 1)
  expect(size.level.value).toBeUndefined()
  await add(1, MAX_RECORDS)
  expect(size.warning.value).toMatch(/^This board is 80% full\. Go on with a new whiteboard/)
  await add(MAX_RECORDS * 0.2, MAX_RECORDS + 1)
  expect(size.warning.value).toMatch(/^This board is full\. Go on with a new whiteboard/)
})

it('X25: a board says from 80 % on how full it is, counted in what it holds', async () => {
  const { client, current, size, add } = boardOnScreen()
  await add(10)
  const { length } = current.board.value?.page.content ?? { length: 0 }
  client.limits.set({ maxPageLength: Math.floor(length / 0.9) })
  await flushPromises()
  expect([size.level.value, size.percent.value]).toEqual(['near', '90%'])
})
