import decodeQr from 'qr/decode.js'
import { describe, expect, it } from 'vitest'
import { drawQrCode, type QrCode } from '../../../../src/renderer/app/qrCode'
import { codeOfLink, inviteLinkOf } from '../../../../src/renderer/composables/access/inviteLink'
import { FakeAccess } from '../../../lib/access/fakeAccess'
import { rasterise } from '../../../lib/rasteriseQr'

/** What a camera reads of a code as it stands on the screen, at its shown size, on a dark desk. */
function read({ src, side }: QrCode): string {
  return decodeQr(rasterise(src, side))
}

async function invited(title: string, by: string, origins: readonly string[]) {
  const access = new FakeAccess({ role: 'owner', now: () => 0, title, by })
  access.origins = origins
  const { token } = await access.createInvite({ role: 'commenter', expiresAt: 1e13, maxUses: null })
  const link = inviteLinkOf(token, false)
  if (link === undefined) throw new Error('the token makes no link')
  const web = link.ways[0]?.link ?? ''
  return { web, qr: codeOfLink(web) }
}

describe('the code of an invite', () => {
  it('is read at the size it is shown', async () => {
    const { qr, web } = await invited('Coast walk', 'Anna', [
      'https://192.168.1.20:4660',
      'https://[fd12:3456:789a::20]:4660',
    ])
    expect(qr && read(qr)).toBe(web)
  })

  it('is read with the longest title and name and as many addresses as a token holds', async () => {
    const origins = Array.from(
      { length: 8 },
      (_, index) => `https://[fd12:3456:789a:bcde:f012:3456:789a:${index}]:46600`,
    )
    const { qr, web } = await invited('海'.repeat(100), '岸'.repeat(60), origins)
    expect(qr && read(qr)).toBe(web)
  })

  it('fits a phone of 360 pixels beside its margins', async () => {
    const { qr } = await invited('Coast walk', 'Anna', ['https://192.168.1.20:4660'])
    expect(qr?.side).toBeLessThanOrEqual(360 - 2 * 16)
    expect(qr?.side).toBeGreaterThan(200)
  })

  it('has four modules of white on every side, which is what readers need on a dark screen', () => {
    const qr = drawQrCode('https://192.168.1.20:4660/room/abc', 328)
    if (qr === undefined) throw new Error('it is short enough')
    const { data, width } = rasterise(qr.src, qr.side)
    const modules = 25 + 8
    expect(width % modules).toBe(0)
    const border = (width / modules) * 4
    const isWhite = (x: number, y: number): boolean => data[(y * width + x) * 4] === 255
    for (let along = 0; along < width; along++) {
      for (const at of [0, border - 1, width - border, width - 1]) {
        expect(isWhite(along, at) && isWhite(at, along)).toBe(true)
      }
    }
  })

  it('is not drawn where the text is longer than a code can be', () => {
    expect(drawQrCode('x'.repeat(3_000), 328)).toBeUndefined()
  })
})
