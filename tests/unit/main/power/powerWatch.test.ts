import { describe, expect, it } from 'vitest'
import { PowerWatch } from '../../../../src/main/power/powerWatch'

function ground() {
  const listeners = new Map<string, () => void>()
  const did: string[] = []
  const watch = new PowerWatch({
    monitor: { on: (event, listener) => listeners.set(event, listener) },
    blocker: {
      start: (type) => {
        did.push(`start ${type}`)
        return 7
      },
      stop: (id) => {
        did.push(`stop ${id}`)
        return true
      },
    },
    rooms: { sleep: () => did.push('sleep'), wake: () => did.push('wake') },
    onShutdown: () => did.push('allow'),
  })
  return { watch, did, happens: (event: string) => listeners.get(event)?.() }
}

describe('the power of the machine', () => {
  it('Y10: keeps it awake while somebody is connected, and no longer', () => {
    const { watch, did } = ground()
    for (const areThere of [false, true, true, false, false, true]) watch.setGuests(areThere)
    const start = 'start prevent-app-suspension'
    expect(did).toEqual([start, 'stop 7', start])
  })

  it('Y10: has guests told when it goes to sleep all the same, and lets them in when it is awake', () => {
    const { did, happens } = ground()
    for (const event of ['suspend', 'resume', 'shutdown']) happens(event)
    expect(did).toEqual(['sleep', 'wake', 'allow'])
  })
})
