import { beforeEach, describe, expect, it } from 'vitest'
import type { BoardPointer } from '../../../../src/renderer/board/boardPointer'
import { PointerInput, type PointerActions } from '../../../../src/renderer/board/pointerInput'
import { ManualClock } from '../../../lib/manualClock'

let element: HTMLElement
let clock: ManualClock
let done: string[]
let pointers: BoardPointer[]
let hasLongPress: boolean
let isHand: boolean
let input: PointerInput

beforeEach(() => {
  element = document.createElement('div')
  element.setPointerCapture = () => undefined
  clock = new ManualClock()
  done = []
  pointers = []
  hasLongPress = false
  isHand = false
  const note =
    (name: string) =>
    (pointer: BoardPointer): void => {
      done.push(name)
      pointers.push(pointer)
    }
  const actions: PointerActions = {
    camera: { x: 0, y: 0, zoom: 2 },
    get isHand() {
      return isHand
    },
    get hasLongPress() {
      return hasLongPress
    },
    panBy: (dx, dy) => done.push(`pan ${dx} ${dy}`),
    zoomBy: (factor, at) => done.push(`zoom ${factor.toFixed(2)} at ${at.x} ${at.y}`),
    down: note('down'),
    move: note('move'),
    up: note('up'),
    cancel: () => done.push('cancel'),
    doubleClick: note('doubleClick'),
    hover: note('hover'),
    longPress: ({ x, y }) => done.push(`long press ${x} ${y}`),
    leave: () => done.push('leave'),
    setCursor: () => undefined,
  }
  input = new PointerInput(element, actions, false, (ms, callback) => clock.after(ms, callback))
})

type Kind = 'mouse' | 'pen' | 'touch'

function send(type: string, kind: Kind, id: number, x: number, y: number, more: PointerEventInit = {}): void {
  const init = { pointerType: kind, pointerId: id, clientX: x, clientY: y, bubbles: true, ...more }
  element.dispatchEvent(new PointerEvent(type, init))
}
const down = (kind: Kind, id: number, x: number, y: number, more: PointerEventInit = {}): void =>
  send('pointerdown', kind, id, x, y, { button: 0, buttons: 1, ...more })
const move = (kind: Kind, id: number, x: number, y: number, more: PointerEventInit = {}): void =>
  send('pointermove', kind, id, x, y, { buttons: 1, ...more })
const up = (kind: Kind, id: number, x: number, y: number): void => send('pointerup', kind, id, x, y)

describe('fingers', () => {
  it('that stay when one of three is lifted go on from where they are', () => {
    down('touch', 1, 0, 100)
    down('touch', 2, 100, 100)
    down('touch', 3, 400, 100)
    up('touch', 1, 0, 100)
    done = []
    move('touch', 3, 400, 100)
    expect(done).toEqual(['pan 0 0', 'zoom 1.00 at 250 100'])
  })

  it('one draws, until a pen was seen; then it moves the paper', () => {
    down('touch', 1, 10, 10)
    move('touch', 1, 20, 10)
    up('touch', 1, 20, 10)
    expect(done).toEqual(['down', 'move', 'up'])
    expect(pointers[1]?.point).toEqual({ x: 10, y: 5 })
    down('pen', 2, 0, 0)
    up('pen', 2, 0, 0)
    done = []
    down('touch', 1, 10, 10)
    move('touch', 1, 25, 12)
    up('touch', 1, 25, 12)
    expect(done).toEqual(['pan 15 2'])
  })

  it('two move the paper and zoom at their middle, and take back what one has begun', () => {
    down('touch', 1, 100, 100)
    down('touch', 2, 200, 100)
    move('touch', 2, 300, 100)
    expect(done).toEqual(['down', 'cancel', 'pan 50 0', 'zoom 2.00 at 200 100'])
    up('touch', 2, 300, 100)
    move('touch', 1, 120, 120)
    expect(done).toHaveLength(4)
    up('touch', 1, 120, 120)
    down('touch', 3, 5, 5)
    expect(done.at(-1)).toBe('down')
  })

  it('one that rests asks for the menu, one that draws or slides does not', () => {
    hasLongPress = true
    down('touch', 1, 40, 50)
    move('touch', 1, 43, 50)
    clock.advance(500)
    expect(done).toEqual(['down', 'move', 'cancel', 'long press 40 50'])
    // The tap that lifting it would stand for is none.
    const lift = (): boolean => element.dispatchEvent(new Event('touchend', { cancelable: true }))
    expect([lift(), lift()]).toEqual([false, true])
    move('touch', 1, 90, 90)
    up('touch', 1, 90, 90)
    expect(done).toHaveLength(4)
    done = []
    down('touch', 1, 40, 50)
    move('touch', 1, 60, 50)
    clock.advance(600)
    up('touch', 1, 60, 50)
    down('touch', 1, 40, 50)
    up('touch', 1, 40, 50)
    clock.advance(600)
    hasLongPress = false
    down('touch', 1, 40, 50)
    clock.advance(600)
    expect(done.filter((name) => name.startsWith('long'))).toEqual([])
  })

  it('one that the system takes away takes back what it did', () => {
    down('touch', 1, 40, 50)
    send('pointercancel', 'touch', 1, 40, 50)
    expect(done).toEqual(['down', 'cancel'])
  })
})

describe('a pen', () => {
  it('goes on while the palm comes down, moves and is lifted', () => {
    down('pen', 1, 0, 0, { pressure: 0.3 })
    down('touch', 2, 300, 300)
    down('touch', 3, 320, 300)
    move('touch', 2, 310, 300)
    move('pen', 1, 10, 0, { pressure: 0.8 })
    up('touch', 2, 310, 300)
    up('pen', 1, 10, 0)
    expect(done).toEqual(['down', 'move', 'up'])
    expect(pointers[0]?.trail[0]?.pressure).toBeCloseTo(0.3)
    expect(pointers[1]?.trail[0]?.pressure).toBeCloseTo(0.8)
    expect(pointers[1]?.kind).toBe('pen')
  })

  it('draws though the palm was there first, and what the palm did is taken back', () => {
    down('touch', 2, 300, 300)
    move('touch', 2, 302, 300)
    down('pen', 1, 0, 0)
    move('pen', 1, 10, 0)
    move('touch', 2, 320, 300)
    up('pen', 1, 10, 0)
    expect(done).toEqual(['down', 'move', 'cancel', 'down', 'move', 'up'])
    done = []
    down('touch', 4, 300, 300)
    down('pen', 1, 0, 0)
    up('pen', 1, 0, 0)
    expect(done).toEqual(['down', 'up'])
  })

  it('erases with its other end', () => {
    down('pen', 1, 0, 0, { button: 5, buttons: 32 })
    expect(pointers[0]?.isEraser).toBe(true)
    down('pen', 1, 0, 0)
    expect(done).toEqual(['down'])
    up('pen', 1, 0, 0)
    down('pen', 1, 0, 0)
    expect(pointers.at(-1)?.isEraser).toBeUndefined()
  })

  it('draws no line from its button', () => {
    down('pen', 1, 0, 0, { button: 2, buttons: 2 })
    expect(done).toEqual([])
  })
})

describe('a mouse', () => {
  it('that was let go of elsewhere draws no more', () => {
    down('mouse', 1, 10, 10)
    move('mouse', 1, 20, 10)
    move('mouse', 1, 30, 10, { buttons: 0 })
    move('mouse', 1, 40, 10, { buttons: 0 })
    expect(done).toEqual(['down', 'move', 'up', 'hover'])
  })

  it('pastes nothing where its middle button moves the paper', () => {
    down('mouse', 1, 10, 10, { button: 1, buttons: 4 })
    const paste = (): boolean => document.dispatchEvent(new Event('paste', { cancelable: true }))
    expect(paste()).toBe(true)
    send('pointerup', 'mouse', 1, 20, 20, { button: 1 })
    expect(paste()).toBe(false)
    clock.advance(300)
    expect(paste()).toBe(true)
  })

  it('moves the paper with the middle button, with space, and with the hand', () => {
    down('mouse', 1, 0, 0, { button: 1, buttons: 4 })
    move('mouse', 1, 5, 6)
    up('mouse', 1, 5, 6)
    input.setSpace(true)
    down('mouse', 1, 0, 0)
    move('mouse', 1, 7, 8)
    up('mouse', 1, 7, 8)
    input.setSpace(false)
    isHand = true
    down('mouse', 1, 0, 0)
    move('mouse', 1, 9, 9)
    up('mouse', 1, 9, 9)
    expect(done).toEqual(['pan 5 6', 'pan 7 8', 'pan 9 9'])
  })

  it('scrolls with the wheel, sideways with Shift, and zooms with Ctrl at the pointer', () => {
    // The DOM of the tests leaves modifiers out of wheel events.
    const wheel = (init: WheelEventInit): boolean =>
      element.dispatchEvent(Object.assign(new WheelEvent('wheel', { cancelable: true }), init))
    expect(wheel({ deltaY: 30 })).toBe(false)
    wheel({ deltaY: 30, shiftKey: true })
    wheel({ deltaY: 2, deltaMode: 1 })
    wheel({ deltaY: -10, ctrlKey: true, clientX: 40, clientY: 20 })
    expect(done).toEqual(['pan 0 -30', 'pan -30 0', 'pan 0 -32', 'zoom 1.06 at 40 20'])
  })

  it('is abandoned when the menu opens, until the button is up', () => {
    down('mouse', 1, 0, 0)
    input.abandon()
    move('mouse', 1, 50, 50)
    up('mouse', 1, 50, 50)
    move('mouse', 1, 60, 60, { buttons: 0 })
    expect(done).toEqual(['down', 'cancel', 'hover'])
  })
})
