import { describe, expect, it } from 'vitest'
import { textType } from '../../../../src/shared/ot/text'
import { createPage } from '../../../../src/shared/pages'
import { TextActivity } from '../../../lib/simulation/textActivity'
import { World } from '../../../lib/simulation/world'

const NEW_PAGE = 'b'.repeat(26)

function world(seed: number): Promise<World> {
  return World.create({
    seed,
    devices: 2,
    slowWrites: 0,
    activity: (random) => new TextActivity(random, false),
  })
}

function textOf(page: { content: unknown; type: { serialise(content: never): string } }): string {
  return page.type.serialise(page.content as never)
}

describe('a room client', () => {
  it('takes a new replica where the stored one is damaged, and leaves that one as it is', async () => {
    const ground = await world(1)
    const [anna, ben] = ground.alive
    anna?.page.edit(textType.parseOp(['before']))
    await ground.heal()
    anna?.kill()
    const { disk } = ground.devices[0] ?? { disk: undefined }
    const damaged = [...(disk?.image.replicas.values() ?? [])].find(
      ({ pageId }) => pageId === anna?.page.pageId,
    )
    if (disk === undefined || damaged === undefined) throw new Error('the device has no replica of the page')
    // An unsent edit that reaches beyond the content it was made for.
    const pending = [{ clientId: 'c'.repeat(26), first: 1, seq: 1, op: [9999, 'x'] }]
    const checkpoint = JSON.stringify({ ...(JSON.parse(damaged.checkpoint ?? '{}') as object), pending })
    disk.write({ replicas: new Map(disk.image.replicas).set(damaged.replicaId, { ...damaged, checkpoint }) })
    const again = ground.openWindow(ground.devices[0] as never)
    for (let i = 0; i < 20 && textOf(again.page) !== 'before'; i++) await ground.step()
    expect(textOf(again.page)).toBe('before')
    expect(again.errors.map(String).join()).toMatch(/reaches to 9999/)
    expect(disk.image.replicas.get(damaged.replicaId)?.checkpoint).toBe(checkpoint)
    expect(textOf(ben?.page ?? again.page)).toBe('before')
  })

  it('J2: still sends what is written where the device cannot store it, and says so', async () => {
    const ground = await world(4)
    const [anna, ben] = ground.alive
    if (anna === undefined || ben === undefined) throw new Error('two windows are open')
    anna.gate.setFull(true)
    anna.page.edit(textType.parseOp(['on a full disk']))
    for (let i = 0; i < 20 && textOf(ben.page) === ''; i++) await ground.step()
    expect(textOf(ben.page)).toBe('on a full disk')
    expect(anna.page.saveState.value.problem).toBe('storage-failed')
    anna.gate.setFull(false)
    for (let i = 0; i < 20; i++) await ground.step()
    expect(anna.page.saveState.value.problem).toBeUndefined()
    const { length } = textOf(anna.page)
    anna.page.edit(textType.parseOp([length, ' and after']))
    await ground.settle()
    anna.kill()
    const again = ground.openWindow(anna.device)
    await ground.settle()
    expect(textOf(again.page)).toBe('on a full disk and after')
  })

  it('J7: sends the other orphans where one cannot be read', async () => {
    const ground = await world(5)
    const [anna, ben] = ground.alive
    if (anna === undefined || ben === undefined) throw new Error('two windows are open')
    const second = ground.openWindow(anna.device)
    await ground.heal()
    ground.killServer()
    second.page.edit(textType.parseOp(['left behind']))
    await ground.settle()
    second.kill()
    const { disk } = anna.device
    const orphan = [...disk.image.replicas.values()].findLast(({ pageId }) => pageId === second.page.pageId)
    if (orphan === undefined) throw new Error('the second window has left no replica')
    const pending = [{ clientId: 'c'.repeat(26), first: 1, seq: 1, op: [9999, 'x'] }]
    const checkpoint = JSON.stringify({ ...(JSON.parse(orphan.checkpoint ?? '{}') as object), pending })
    const damaged = { ...orphan, replicaId: 'damaged', checkpoint }
    disk.write({ replicas: new Map([['damaged', damaged], ...disk.image.replicas]) })
    ground.startServer()
    for (let i = 0; i < 100 && textOf(ben.page) === ''; i++) await ground.step()
    expect(textOf(ben.page)).toBe('left behind')
  })

  it('makes a page and writes in it without a network, and sends both later', async () => {
    const ground = await world(2)
    const [anna, ben] = ground.alive
    if (anna === undefined || ben === undefined) throw new Error('two windows are open')
    ground.killServer()
    await ground.step()
    anna.client.pageList.edit(
      createPage(anna.client.pageList.content, { id: NEW_PAGE, kind: 'text', title: 'Offline' }),
    )
    const page = anna.client.openPage(NEW_PAGE, 'text')
    await ground.settle()
    expect(page.saveState.value.loaded).toBe(true)
    page.edit(textType.parseOp(['written on a train']))
    await ground.heal()
    const other = ben.client.openPage(NEW_PAGE, 'text')
    for (let i = 0; i < 20 && textOf(other) === ''; i++) await ground.step()
    expect(textOf(other)).toBe('written on a train')
  })

  it('keeps every edit of a page that is left and entered again in one window', async () => {
    const ground = await world(3)
    const [anna, ben] = ground.alive
    if (anna === undefined || ben === undefined) throw new Error('two windows are open')
    for (const word of ['one ', 'two ', 'three ']) {
      const { length } = textOf(anna.page)
      anna.page.edit(textType.parseOp(length === 0 ? [word] : [length, word]))
      await ground.heal()
      anna.leavePage()
      await ground.settle()
      anna.enterPage()
      await ground.heal()
    }
    expect(textOf(ben.page)).toBe('one two three ')
  })
})
