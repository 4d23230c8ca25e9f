import { expect, it } from 'vitest'
import { edit } from '../../../tools/lib/client/participant'
import { converged, Ground } from './ground'

/** Milliseconds that are promised, and what a busy machine may add. */
const NOTICED_MS = 10_000 + 1_500

it('K1, K2: a connection that swallows everything is noticed by both ends within 10 s, and the person shown gone', async () => {
  const ground = await Ground.start()
  const { proxy, url } = await ground.proxy()
  const ada = await ground.guest({ name: 'Ada' })
  const bob = await ground.guest({ name: 'Bob', url })
  const names = (): string[] => ada.participant.client.people.value.map(({ name }) => name)
  await ada.participant.until(() => names().includes('Bob'), 'Bob is shown')
  edit(bob.page, 0, 0, 'before ')
  await converged([ada, bob])

  proxy.halfOpen()
  edit(bob.page, 7, 7, 'unheard ')
  await Promise.all([
    ada.participant.until(() => !names().includes('Bob'), 'Bob is shown gone', NOTICED_MS),
    bob.participant.until(
      () => bob.participant.client.status.value.state !== 'connected',
      'Bob notices',
      NOTICED_MS,
    ),
  ])

  proxy.heal()
  bob.participant.client.connectNow()
  await ada.participant.until(() => names().includes('Bob'), 'Bob is back')
  expect(await converged([ada, bob])).toBe('before unheard ')
})
