import { expect, it } from 'vitest'
import { Ground } from './ground'

it('X24: which page somebody looks at is known in the page list, over a lost connection too', async () => {
  const ground = await Ground.start()
  const [ada, bob] = [await ground.guest({ name: 'Ada' }), await ground.guest({ name: 'Bob' })]
  const list = (guest: typeof ada) => guest.participant.client.pageList
  const seenByBob = () => list(bob).others.value.map(({ person, place }) => ({ name: person.name, place }))
  list(ada).setPlace([{ record: ground.pageId }])
  await expect
    .poll(seenByBob, { timeout: 10_000 })
    .toEqual([{ name: 'Ada', place: [{ record: ground.pageId }] }])
  await ground.killServer()
  await expect
    .poll(() => [bob.participant.client.status.value.state, ...seenByBob()], { timeout: 20_000 })
    .toEqual(['connected', { name: 'Ada', place: [{ record: ground.pageId }] }])
  list(ada).setPlace(null)
  await expect.poll(seenByBob, { timeout: 10_000 }).toEqual([])
})
