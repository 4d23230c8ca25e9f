import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { WebContents } from 'electron'
import { Presses } from '../../../src/main/windows/presses'

function window() {
  const events = new EventEmitter()
  const clock = { time: 0, now: () => clock.time }
  const presses = new Presses(events as unknown as Pick<WebContents, 'on' | 'off'>, clock)
  return { presses, clock, input: (type: string) => events.emit('input-event', {}, { type }), events }
}

describe('a press in a window', () => {
  it.each(['mouseUp', 'rawKeyDown', 'touchEnd'])('starts one thing: %s', (type) => {
    const { presses, input } = window()
    expect(presses.take()).toBe(false)
    input(type)
    expect(presses.take()).toBe(true)
    expect(presses.take()).toBe(false)
  })

  it('is no move, and is forgotten after a second', () => {
    const { presses, clock, input } = window()
    input('mouseMove')
    expect(presses.take()).toBe(false)
    input('mouseUp')
    clock.time = 1001
    expect(presses.take()).toBe(false)
  })

  it('means nothing to a page that has gone', () => {
    const { presses, input, events } = window()
    presses.end()
    input('mouseUp')
    expect(presses.take()).toBe(false)
    expect(events.listenerCount('input-event')).toBe(0)
  })
})
