import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DrawContext } from '../../../../src/renderer/board/draw/drawShape'
import { NameFlags } from '../../../../src/renderer/board/nameFlags'

/** Words that were painted. */
let painted: string[] = []
/** Where pictures were drawn, in CSS pixels: x, y, width and height. */
let drawn: number[][] = []

const target = {
  drawImage: (_picture: unknown, ...place: number[]) => void drawn.push(place),
} as unknown as DrawContext

/** A canvas on which each letter is 7 pixels wide. */
class FakeCanvas {
  constructor(
    public width: number,
    public height: number,
  ) {}

  getContext(): unknown {
    const known = {
      measureText: (text: string) => ({ width: 7 * text.length }),
      fillText: (text: string) => void painted.push(text),
    }
    return new Proxy(known, {
      get: (all, key) => (key in all ? all[key as keyof typeof all] : () => undefined),
      set: () => true,
    })
  }
}

beforeEach(() => {
  painted = []
  drawn = []
  vi.stubGlobal('OffscreenCanvas', FakeCanvas)
})
afterEach(() => vi.unstubAllGlobals())

const ADA = { name: 'Ada', tone: 'red', onTone: 'white' }

describe('the names at the pointers of others', () => {
  it('are painted once, and again in other colours, on a screen of another density and with other fonts', () => {
    let density = 1
    const flags = new NameFlags(() => density)
    for (let frame = 0; frame < 3; frame++) flags.draw(target, ADA, 10 * frame, 0)
    expect([painted, drawn.length]).toEqual([['Ada'], 3])
    flags.draw(target, { ...ADA, tone: 'blue' }, 0, 0)
    expect(painted).toHaveLength(2)
    density = 2
    flags.draw(target, ADA, 0, 0)
    expect(painted).toHaveLength(3)
    flags.forget()
    flags.draw(target, ADA, 0, 0)
    expect(painted).toHaveLength(4)
  })

  it('lie on whole pixels of the screen, as wide as their letters', () => {
    const flags = new NameFlags(() => 2)
    flags.draw(target, ADA, 10.3, 4.8)
    expect(drawn).toEqual([[10.5, 5, 7 * 3 + 12, 20]])
  })

  it('are cut where they are long, and forgotten where there are very many', () => {
    const flags = new NameFlags(() => 1)
    flags.draw(target, { ...ADA, name: 'A'.repeat(30) }, 0, 0)
    expect(painted[0]).toBe(`${'A'.repeat(23)}…`)
    for (let guest = 0; guest < 1000; guest++) flags.draw(target, { ...ADA, name: `Guest ${guest}` }, 0, 0)
    flags.draw(target, { ...ADA, name: 'Guest 0' }, 0, 0)
    expect(painted.filter((name) => name === 'Guest 0')).toHaveLength(2)
  })
})
