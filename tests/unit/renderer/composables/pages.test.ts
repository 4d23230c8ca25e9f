import { nextTick, shallowRef } from 'vue'
import { describe, expect, it } from 'vitest'
import { useCurrentPage } from '../../../../src/renderer/composables/useCurrentPage'
import { actionOf, usePageList } from '../../../../src/renderer/composables/usePageList'
import { usePages } from '../../../../src/renderer/composables/usePages'
import { FakeRoom } from '../../../lib/fakeRoomClient'
import { onlineClient, testApp, withSetup } from '../../../lib/withApp'

function roomWith(...titles: string[]) {
  const app = testApp()
  const room = new FakeRoom('Test room')
  const client = onlineClient(room)
  const { result } = withSetup(app, () => {
    const pages = usePages(client)
    return { pages, current: useCurrentPage(client, pages) }
  })
  const ids = titles.map((title) => result.pages.create(title))
  const shown = (): string[] => result.pages.list.value.map(({ title }) => title)
  return { app, room, client, ids, shown, ...result }
}

describe('the page list', () => {
  it('shows what others do to it', () => {
    const { room, pages, shown } = roomWith('One')
    const ben = withSetup(testApp(), () => usePages(onlineClient(room, 'Ben'))).result
    ben.create('Two')
    ben.rename(ben.list.value[0]?.id ?? '', 'First')
    expect(shown()).toEqual(['First', 'Two'])
    expect(pages.isLoaded.value).toBe(true)
  })

  it('numbers new pages and boards, each for themselves, and names those without a title', () => {
    const { pages, shown } = roomWith('One')
    pages.create()
    pages.create(undefined, 'board')
    pages.create()
    expect(shown()).toEqual(['One', 'Page 2', 'Board 1', 'Page 3'])
    const id = pages.create('')
    const page = pages.find(id)
    expect(page === undefined ? '' : pages.titleOf(page)).toBe('Untitled')
  })

  it('moves a page by steps, says where it is then, and not beyond the ends', () => {
    const { app, pages, ids, shown } = roomWith('One', 'Two', 'Three')
    pages.moveBy(ids[0] ?? '', 1)
    expect(shown()).toEqual(['Two', 'One', 'Three'])
    expect(app.notices.announcement.value).toBe('“One” is now 2 of 3')
    pages.moveBy(ids[1] ?? '', -1)
    expect(shown()).toEqual(['Two', 'One', 'Three'])
  })

  it.each([
    [0, ['Three', 'One', 'Two']],
    [1, ['One', 'Three', 'Two']],
    [2, ['One', 'Two', 'Three']],
  ])('puts a page at index %i', (index, expected) => {
    const { pages, ids, shown } = roomWith('One', 'Two', 'Three')
    pages.moveTo(ids[2] ?? '', index)
    expect(shown()).toEqual(expected)
  })

  it('counts places without the deleted pages between', () => {
    const { pages, ids, shown } = roomWith('One', 'Two', 'Three', 'Four')
    pages.remove(ids[1] ?? '')
    pages.moveTo(ids[3] ?? '', 1)
    expect(shown()).toEqual(['One', 'Four', 'Three'])
  })

  it('brings a deleted page back by the action of its toast', () => {
    const { app, pages, ids, shown } = roomWith('One', 'Two')
    pages.remove(ids[0] ?? '')
    expect(shown()).toEqual(['Two'])
    app.notices.toasts.value[0]?.action?.run()
    expect(shown()).toEqual(['One', 'Two'])
  })
})

describe('the page on the screen', () => {
  it('is the first one, as soon as there is one', async () => {
    const { current, ids } = roomWith('One', 'Two')
    await nextTick()
    expect(current.entry.value?.id).toBe(ids[0])
  })

  it('gives way to the one beside it when it is deleted here', async () => {
    const { current, ids } = roomWith('One', 'Two', 'Three')
    current.show(ids[2] ?? '')
    current.remove(ids[2] ?? '')
    await nextTick()
    expect(current.entry.value?.id).toBe(ids[1])
  })

  it('stays, to be brought back, when somebody else deletes it', () => {
    const { room, current, ids } = roomWith('One', 'Two')
    current.show(ids[0] ?? '')
    const ben = withSetup(testApp(), () => usePages(onlineClient(room, 'Ben'))).result
    ben.remove(ids[0] ?? '')
    expect(current.entry.value?.deleted).toBe(true)
    expect(current.text.value).toBeUndefined()
  })

  it('is nothing in a room whose last page was deleted', async () => {
    const { current, ids } = roomWith('One')
    await nextTick()
    current.remove(ids[0] ?? '')
    await nextTick()
    expect(current.entry.value).toBeUndefined()
  })

  it('keeps at most twelve pages open behind it', () => {
    const { client, current, ids } = roomWith(...Array.from({ length: 20 }, (_, i) => `Page ${i}`))
    const closed: string[] = []
    client.closePage = (pageId) => {
      closed.push(pageId)
      return Promise.resolve()
    }
    for (const id of ids) current.show(id)
    expect(closed).toEqual(ids.slice(0, 8))
  })
})

describe('a title being typed', () => {
  it('G1: keeps what somebody else has made of it meanwhile', () => {
    const app = testApp()
    const room = new FakeRoom('Test room')
    const client = onlineClient(room)
    const { pages, view } = withSetup(app, () => {
      const pages = usePages(client)
      const list = shallowRef<HTMLElement | null>(null)
      return { pages, view: usePageList(list, pages, useCurrentPage(client, pages), () => true) }
    }).result
    const id = pages.create('Notes')
    const ben = withSetup(testApp(), () => usePages(onlineClient(room, 'Ben'))).result
    view.startRenaming(id)
    view.draftTitle.value = 'Notes 2026'
    ben.rename(id, 'Meeting Notes')
    view.finishRenaming(true)
    expect(pages.find(id)?.title).toBe('Meeting Notes 2026')
    expect(ben.find(id)?.title).toBe('Meeting Notes 2026')
  })
})

describe('keys on a page of the list', () => {
  const key = (name: string, modifiers: Partial<KeyboardEvent> = {}) =>
    actionOf({ key: name, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...modifiers })

  it.each([
    ['ArrowUp', {}, 'previous'],
    ['ArrowDown', {}, 'next'],
    ['ArrowUp', { altKey: true }, 'move-up'],
    ['ArrowDown', { altKey: true }, 'move-down'],
    ['F2', {}, 'rename'],
    ['Delete', {}, 'delete'],
    ['Delete', { ctrlKey: true }, undefined],
    ['a', {}, undefined],
  ])('%s with %j means %s', (name, modifiers, action) => {
    expect(key(name, modifiers)).toBe(action)
  })
})
