import { describe, expect, it } from 'vitest'
import { guestsOf, type Guests } from '../../../../src/main/quitting/guests'
import { QuitGuard, type LastWindowAnswer } from '../../../../src/main/quitting/quitGuard'

const GUESTS: Guests = { people: 2, rooms: ['Plans'] }

/** An app with a window, whose person answers when told to. */
class Ground {
  /** Who is connected. */
  guests: Guests | undefined = GUESTS
  /** Who was when the app heard of it last; as now, unless set. */
  lastHeard: { guests: Guests | undefined } | undefined
  readonly asked: string[] = []
  quits = 0
  closes = 0
  #answer: (answer: never) => void = () => undefined
  readonly guard: QuitGuard

  constructor(outlivesWindows = false) {
    this.guard = new QuitGuard({
      guests: () => (this.lastHeard ?? this).guests,
      lookAgain: () => Promise.resolve(this.guests),
      askToQuit: ({ people }) => this.#ask<boolean>(`quit with ${people}`),
      askAtLastWindow: ({ people }) => this.#ask<LastWindowAnswer>(`close with ${people}`),
      outlivesWindows,
      quit: () => {
        this.quits += 1
        this.quit()
      },
    })
  }

  #ask<T>(question: string): Promise<T> {
    this.asked.push(question)
    return new Promise<T>((resolve) => {
      this.#answer = resolve
    })
  }

  async answer(answer: boolean | LastWindowAnswer): Promise<void> {
    await this.settled()
    this.#answer(answer as never)
    await this.settled()
  }

  /** Until all has been done that waits for nobody. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve()
  }

  /** Quits as the menu does. True where nothing held it up. */
  quit(): boolean {
    let isHeld = false
    this.guard.beforeQuit({ preventDefault: () => (isHeld = true) })
    return !isHeld
  }

  /** Closes a window as its button does. True where nothing held it up. */
  close(isLast = true): boolean {
    let isHeld = false
    const event = { preventDefault: () => (isHeld = true) }
    this.guard.beforeClose(event, isLast, () => {
      this.closes += 1
      this.close(isLast)
    })
    return !isHeld
  }
}

describe('quitting', () => {
  it('Y8: asks nobody where nobody is connected', () => {
    const ground = new Ground()
    ground.guests = undefined
    expect([ground.quit(), ground.close(), ground.asked]).toEqual([true, true, []])
  })

  it('Y8: asks first where people are connected, and quits only on yes', async () => {
    const ground = new Ground()
    expect(ground.quit()).toBe(false)
    await ground.answer(false)
    expect([ground.asked, ground.quits]).toEqual([['quit with 2'], 0])
    expect(ground.quit()).toBe(false)
    await ground.answer(true)
    expect([ground.asked.length, ground.quits, ground.quit(), ground.close()]).toEqual([2, 1, true, true])
  })

  it('Y8: asks once, however often it is tried meanwhile', async () => {
    const ground = new Ground()
    expect([ground.quit(), ground.quit(), ground.close()]).toEqual([false, false, false])
    await ground.settled()
    expect(ground.asked).toEqual(['quit with 2'])
    await ground.answer(false)
    ground.close()
    await ground.settled()
    expect(ground.asked).toEqual(['quit with 2', 'close with 2'])
  })

  it('Y8: asks nothing, and goes on, where those last heard of have left meanwhile', async () => {
    const ground = new Ground()
    ground.lastHeard = { guests: GUESTS }
    ground.guests = undefined
    expect([ground.quit(), ground.close()]).toEqual([false, false])
    await ground.settled()
    expect([ground.asked, ground.quits]).toEqual([[], 1])
  })

  it('Y8: asks again where the restart that was agreed to has failed', async () => {
    const ground = new Ground()
    ground.guard.allow()
    ground.guard.forbid()
    ground.quit()
    await Promise.resolve()
    await Promise.resolve()
    expect(ground.asked).toEqual(['quit with 2'])
  })

  it('Y8: is not held up where the system shuts down', () => {
    const ground = new Ground()
    ground.guard.allow()
    expect([ground.quit(), ground.close(), ground.asked]).toEqual([true, true, []])
  })
})

describe('closing the last window', () => {
  it('Y9: can keep the rooms open, until there is a window again', async () => {
    const ground = new Ground()
    expect([ground.close(), ground.guard.goesOnWithoutWindow]).toEqual([false, false])
    await ground.answer('keep-hosting')
    expect([ground.closes, ground.guard.goesOnWithoutWindow, ground.guard.isWithoutWindow]).toEqual([
      1,
      true,
      true,
    ])
    // The tray can still quit, and asks.
    expect(ground.quit()).toBe(false)
    await ground.answer(false)
    ground.guard.windowOpened()
    expect([ground.guard.goesOnWithoutWindow, ground.close()]).toEqual([false, false])
  })

  it('Y9: can quit, or be called off', async () => {
    const ground = new Ground()
    ground.close()
    await ground.answer('cancel')
    expect([ground.closes, ground.guard.goesOnWithoutWindow]).toEqual([0, false])
    ground.close()
    await ground.answer('quit')
    expect([ground.closes, ground.guard.goesOnWithoutWindow, ground.quit()]).toEqual([1, false, true])
  })

  it('Y9: asks nothing, and closes, where those last heard of have left meanwhile', async () => {
    const ground = new Ground()
    ground.lastHeard = { guests: GUESTS }
    ground.guests = undefined
    expect(ground.close()).toBe(false)
    await ground.settled()
    expect([ground.asked, ground.closes, ground.guard.goesOnWithoutWindow]).toEqual([[], 1, false])
  })

  it('Y9: asks nobody for one of several windows, nor on a Mac, where the app goes on anyway', () => {
    expect(new Ground().close(false)).toBe(true)
    const mac = new Ground(true)
    expect([mac.close(), mac.guard.goesOnWithoutWindow, mac.guard.isWithoutWindow]).toEqual([
      true,
      true,
      false,
    ])
    expect(mac.quit()).toBe(false)
  })
})

describe('guests', () => {
  it('Y8: are all people in all rooms, with the rooms they are in', () => {
    expect(guestsOf([])).toBeUndefined()
    expect(guestsOf([{ title: 'Empty', guests: 0 }])).toBeUndefined()
    expect(
      guestsOf([
        { title: 'Plans', guests: 2 },
        { title: 'Empty', guests: 0 },
        { title: 'Notes', guests: 1 },
      ]),
    ).toEqual({ people: 3, rooms: ['Plans', 'Notes'] })
  })
})
