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
    warnOfSleep: ({ people }) => did.push(`warn of ${people}`),
    onShutdown: () => did.push('allow'),
  })
  return { watch, did, happens: (event: string) => listeners.get(event)?.() }
}

const guestsIn = (people: number) => ({ people, rooms: ['Workshop'] })

describe('the power of the machine', () => {
  it('Y10: keeps it awake while somebody is connected, and no longer', () => {
    const { watch, did } = ground()
    for (const guests of [undefined, guestsIn(1), guestsIn(2), undefined, undefined, guestsIn(1)])
      watch.setGuests(guests)
    const start = 'start prevent-app-suspension'
    expect(did).toEqual([start, 'stop 7', start])
  })

  it('Y10: has guests told when it goes to sleep all the same, and lets them in when it is awake', () => {
    const { did, happens } = ground()
    for (const event of ['suspend', 'resume', 'shutdown']) happens(event)
    expect(did).toEqual(['sleep', 'wake', 'allow'])
  })

  it('Y10: warns its person of a sleep that cuts people off, as many as there are then', () => {
    const { watch, did, happens } = ground()
    happens('suspend')
    watch.setGuests(guestsIn(1))
    watch.setGuests(guestsIn(3))
    did.length = 0
    happens('suspend')
    expect(did).toEqual(['sleep', 'warn of 3'])
    watch.setGuests(undefined)
    did.length = 0
    happens('suspend')
    expect(did).toEqual(['sleep'])
  })
})
