import { nextTick } from 'vue'
import { describe, expect, it } from 'vitest'
import { useCurrentPage } from '../../../../src/renderer/composables/useCurrentPage'
import { useFollowing } from '../../../../src/renderer/composables/useFollowing'
import { usePages } from '../../../../src/renderer/composables/usePages'
import { usePeople } from '../../../../src/renderer/composables/usePeople'
import { useWhereabouts } from '../../../../src/renderer/composables/useWhereabouts'
import { FakeRoom, type FakeRoomClient } from '../../../lib/fakeRoomClient'
import { onlineClient, testApp, withSetup } from '../../../lib/withApp'

function enter(client: FakeRoomClient) {
  const { result } = withSetup(testApp(), () => {
    const pages = usePages(client)
    const current = useCurrentPage(client, pages)
    const people = usePeople(client)
    const whereabouts = useWhereabouts(client, () => current.entry.value?.id)
    return { pages, current, people, whereabouts, following: useFollowing(current, people, whereabouts) }
  })
  const person = (name: string) => {
    const found = result.people.value.find((each) => each.name === name)
    if (found === undefined) throw new Error(`${name} is not here`)
    return found
  }
  return { client, ...result, person, shown: () => result.current.entry.value?.id }
}

function roomOfTwo() {
  const room = new FakeRoom('Room')
  const anna = enter(onlineClient(room, 'Anna'))
  const ids = [
    anna.pages.create('Notes'),
    anna.pages.create('Wall', 'board'),
    anna.pages.create('Other wall', 'board'),
  ] as const
  const ben = enter(onlineClient(room, 'Ben'))
  return { room, anna, ben, notes: ids[0], wall: ids[1], other: ids[2] }
}

describe('following somebody', () => {
  it('knows which page each person looks at', async () => {
    const { anna, ben, wall, notes } = roomOfTwo()
    await nextTick()
    expect(anna.whereabouts.pages.value.get(ben.client.sessionId.value ?? '')).toBe(notes)
    ben.current.show(wall)
    await nextTick()
    expect(anna.whereabouts.pages.value.get(ben.client.sessionId.value ?? '')).toBe(wall)
  })

  it('X24: goes to their page at once, and with them from page to page', async () => {
    const { anna, ben, wall, other, notes } = roomOfTwo()
    ben.current.show(wall)
    await nextTick()
    anna.following.follow(anna.person('Ben'))
    expect(anna.shown()).toBe(wall)
    expect(anna.current.board.value?.following.value).toEqual([ben.client.sessionId.value])
    ben.current.show(other)
    await nextTick()
    expect(anna.shown()).toBe(other)
    expect(anna.current.board.value?.following.value).toEqual([ben.client.sessionId.value])
    ben.current.show(notes)
    await nextTick()
    expect(anna.shown()).toBe(notes)
    expect(anna.current.text.value?.following.value).toEqual([ben.client.sessionId.value])
    expect(anna.following.person.value?.name).toBe('Ben')
  })

  it('X24: ends with any move of one’s own: on the board, in the text, to another page', async () => {
    const { anna, ben, wall, notes, other } = roomOfTwo()
    ben.current.show(wall)
    await nextTick()
    anna.following.follow(anna.person('Ben'))
    await nextTick()
    anna.current.board.value?.ownMove()
    expect(anna.following.person.value).toBeUndefined()
    expect(anna.current.board.value?.following.value).toEqual([])

    anna.following.follow(anna.person('Ben'))
    await nextTick()
    anna.current.show(other)
    await nextTick()
    expect(anna.following.person.value).toBeUndefined()
    expect(anna.shown()).toBe(other)
    ben.current.show(notes)
    await nextTick()
    expect(anna.shown()).toBe(other)

    anna.following.follow(anna.person('Ben'))
    expect(anna.shown()).toBe(notes)
    anna.current.text.value?.ownMove()
    ben.current.show(wall)
    await nextTick()
    expect(anna.shown()).toBe(notes)
  })

  it('ends when they leave, but not while this person’s own connection is away', async () => {
    const { room, anna, ben, wall } = roomOfTwo()
    ben.current.show(wall)
    await nextTick()
    anna.following.follow(anna.person('Ben'))
    anna.client.setOnline(false)
    await nextTick()
    anna.client.setOnline(true)
    await nextTick()
    expect(anna.following.person.value?.name).toBe('Ben')
    room.people.set(room.people.value.filter(({ name }) => name !== 'Ben'))
    await nextTick()
    expect(anna.following.person.value).toBeUndefined()
  })
})
