import { describe, expect, it } from 'vitest'
import { MessageHold } from '../../../../src/client/replica/messageHold'

function start(maxHeld = 10): { hold: MessageHold<number>; taken: number[] } {
  const taken: number[] = []
  return { taken, hold: new MessageHold<number>(maxHeld, (message) => taken.push(message)) }
}

describe('messages held back while an input method composes', () => {
  it('C12: are taken in order once nothing holds any more', () => {
    const { hold, taken } = start()
    hold.pass(1)
    const [first, second] = [hold.hold(), hold.hold()]
    hold.pass(2)
    first()
    first()
    hold.pass(3)
    expect(taken).toEqual([1])
    second()
    expect(taken).toEqual([1, 2, 3])
    hold.pass(4)
    expect(taken).toEqual([1, 2, 3, 4])
  })

  it('C12: are let through, in order, where there are too many', () => {
    const { hold, taken } = start(2)
    hold.hold()
    for (const message of [1, 2, 3, 4]) hold.pass(message)
    expect(taken).toEqual([1, 2, 3])
  })

  it('C12: are dropped with the connection they came from', () => {
    const { hold, taken } = start()
    const release = hold.hold()
    hold.pass(1)
    hold.clear()
    hold.pass(2)
    release()
    expect(taken).toEqual([2])
  })
})
