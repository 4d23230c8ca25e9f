import { describe, expect, it } from 'vitest'
import type { AssetState } from '../../../src/client/api'
import { nodeRandomBytes } from '../../../src/server/nodeCrypto'
import { createKeyPair } from '../../../src/shared/identity/keys'
import { edit, type Participant } from '../../../tools/lib/client/participant'
import { until } from '../../../tools/lib/client/until'
import { idOfPicture, samplePng } from '../../lib/samplePictures'
import { Ground, type Guest } from '../engine/ground'

const LARGE = 10 * 1024 * 1024
/** 10 Mbit/s, in bytes a second. */
const SLOW = 1_250_000

/** Waits until a picture stands in a way somebody's screen shows. */
async function untilShown(
  { client, name }: Participant,
  assetId: string,
  condition: (state: AssetState) => boolean,
  limitMs = 60_000,
): Promise<AssetState> {
  const asset = client.assets.watch(assetId)
  const what = (): string =>
    `${name}: ${asset.value.state} ${JSON.stringify({ ...asset.value, bytes: undefined })}`
  await until(() => condition(asset.value), [asset, client.assets.unsentBytes], { what, limitMs })
  return asset.value
}

const isReady = (state: AssetState): boolean => state.state === 'ready'
const bytesOf = (state: AssetState): Uint8Array | undefined =>
  state.state === 'ready' ? state.bytes : undefined

async function untilSent({ client, name }: Participant): Promise<void> {
  const { unsentBytes } = client.assets
  await until(() => unsentBytes.value === 0, [unsentBytes], {
    what: () => `${name}: ${unsentBytes.value} bytes unsent`,
    limitMs: 60_000,
  })
}

/** Milliseconds from a key of one person to the other's screen, key after key, while a condition holds. */
async function typingTimes(from: Guest, to: Guest, goesOn: () => boolean): Promise<number[]> {
  const times: number[] = []
  while (goesOn()) {
    const start = performance.now()
    await new Promise<void>((resolve) => {
      const end = to.page.onRemote(() => {
        end()
        resolve()
      })
      edit(from.page, 0, 0, 'x')
    })
    times.push(performance.now() - start)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return times.sort((a, b) => a - b)
}

const quantile = (times: readonly number[], part: number): number =>
  times[Math.floor((times.length - 1) * part)] ?? 0

/** Prints the times of keys where somebody measures. */
function show(measured: Record<string, readonly number[]>): void {
  if (process.env['SHOW_TIMES'] === undefined) return
  for (const [what, times] of Object.entries(measured)) {
    const parts = [0.5, 0.95, 1].map((part) => quantile(times, part).toFixed(1))
    process.stdout.write(`${what}: ${times.length} keys, 50% 95% 100%: ${parts.join(' / ')} ms\n`)
  }
}

describe('pictures between real processes', { timeout: 120_000 }, () => {
  it('A2, A5: arrive at somebody who asked before they were there', async () => {
    const ground = await Ground.start()
    const [ada, bob] = [ground.device({ name: 'Ada' }), ground.device({ name: 'Bob' })]
    const picture = samplePng(40, 30, 3_000_000, 1)
    const shown = untilShown(bob, idOfPicture(picture), isReady)
    await untilShown(bob, idOfPicture(picture), ({ state }) => state === 'waiting')
    const assetId = await ada.client.assets.add(picture)
    expect(assetId).toBe(idOfPicture(picture))
    expect(bytesOf(await shown)).toEqual(picture)
    await untilSent(ada)
  })

  it('A10: of 10 MB do not hold up what is typed meanwhile', async () => {
    const ground = await Ground.start()
    const [ada, bob] = [await ground.guest({ name: 'Ada' }), await ground.guest({ name: 'Bob' })]
    const picture = samplePng(40, 30, LARGE, 2)
    let left = 40
    const alone = await typingTimes(ada, bob, () => left-- > 0)
    const assetId = await ada.participant.client.assets.add(picture)
    const { unsentBytes } = ada.participant.client.assets
    expect(unsentBytes.value).toBe(LARGE)
    const up = await typingTimes(ada, bob, () => unsentBytes.value > 0)
    const asset = bob.participant.client.assets.watch(assetId)
    const down = await typingTimes(ada, bob, () => asset.value.state !== 'ready')
    show({ alone, up, down })
    // Far above what it is on an idle machine, and far below what 10 MB take.
    expect(quantile(up, 0.5)).toBeLessThan(quantile(alone, 0.5) + 100)
    expect(quantile(down, 0.5)).toBeLessThan(quantile(alone, 0.5) + 100)
  })

  it('A10: do not hold up what is typed on a slow line', async () => {
    const ground = await Ground.start()
    const { proxy, url } = await ground.proxy()
    const [ada, bob] = [await ground.guest({ name: 'Ada', url }), await ground.guest({ name: 'Bob' })]
    proxy.throttle('up', SLOW)
    proxy.throttle('down', SLOW)
    const [mine, theirs] = [samplePng(40, 30, 3_000_000, 5), samplePng(40, 30, 3_000_000, 6)]
    await ada.participant.client.assets.add(mine)
    const { unsentBytes } = ada.participant.client.assets
    const up = await typingTimes(ada, bob, () => unsentBytes.value > 0)
    const assetId = await bob.participant.client.assets.add(theirs)
    await untilSent(bob.participant)
    const asset = ada.participant.client.assets.watch(assetId)
    const down = await typingTimes(bob, ada, () => asset.value.state !== 'ready')
    show({ up, down })
    expect([quantile(up, 0.5) < 700, quantile(down, 0.5) < 700]).toEqual([true, true])
  })

  it('A4: go on where they were when the server is killed in the middle', async () => {
    const ground = await Ground.start()
    const { proxy, url } = await ground.proxy()
    const ada = ground.device({ name: 'Ada', url })
    await ada.until(() => ada.client.status.value.state === 'connected', 'connected')
    const picture = samplePng(40, 30, LARGE, 3)
    const assetId = await ada.client.assets.add(picture)
    await untilShown(ada, assetId, (state) => state.state === 'ready' && (state.upload ?? 1) > 0.4)
    await ground.killServer()
    const before = proxy.passed.up
    ada.client.connectNow()
    await untilSent(ada)
    expect(proxy.passed.up - before).toBeLessThan(LARGE)
    const bob = ground.device({ name: 'Bob' })
    expect(bytesOf(await untilShown(bob, assetId, isReady))).toEqual(picture)
    await ground.killServer()
    const cleo = ground.device({ name: 'Cleo' })
    expect(bytesOf(await untilShown(cleo, assetId, isReady))).toEqual(picture)
  })

  it('A4, A6: that were added offline are sent by a later run of the app', async () => {
    const ground = await Ground.start()
    const { proxy, url } = await ground.proxy()
    const folder = ground.newFolder()
    const device = createKeyPair(nodeRandomBytes)
    proxy.refuse()
    const before = ground.device({ name: 'Before', folder, url, device })
    const picture = samplePng(40, 30, 700_000, 4)
    const assetId = await before.client.assets.add(picture)
    expect(bytesOf(await untilShown(before, assetId, isReady))).toEqual(picture)
    expect(before.client.unsent.value).toBe(1)
    await ground.quit(before)
    proxy.heal()
    const after = ground.device({ name: 'After', folder, url, device })
    await untilSent(after)
    const bob = ground.device({ name: 'Bob' })
    expect(bytesOf(await untilShown(bob, assetId, isReady))).toEqual(picture)
  })
})
