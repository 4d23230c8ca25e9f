import { beforeEach, describe, expect, it } from 'vitest'
import { Trails } from '../../../../src/renderer/board/trails'

let time: number
let trails: Trails
beforeEach(() => {
  time = 0
  trails = new Trails(() => time)
})

const at = (x: number) => ({ x, y: 0 })
const seen = () => trails.list.flatMap(({ segments }) => segments.map(({ from, to }) => [from.x, to.x]))

describe('the trail of a laser', () => {
  it('has no gaps however slowly its places arrive', () => {
    for (const x of [0, 10, 20]) {
      trails.add('ada', 'red', at(x))
      time += 900
    }
    expect(seen()).toEqual([
      [0, 10],
      [10, 20],
    ])
  })

  it('fades, and goes on from where the laser rested meanwhile', () => {
    trails.add('ada', 'red', at(0))
    trails.add('ada', 'red', at(10))
    expect(trails.fade()).toBe(true)
    time += 5000
    expect(trails.fade()).toBe(false)
    expect(seen()).toEqual([])
    trails.add('ada', 'red', at(20))
    expect(seen()).toEqual([[10, 20]])
  })

  it('does not lead from where it went out to where it is lit again', () => {
    for (const x of [0, 10]) trails.add('ada', 'red', at(x))
    trails.end('ada')
    for (const x of [500, 510]) trails.add('ada', 'red', at(x))
    expect(seen()).toEqual([
      [0, 10],
      [500, 510],
    ])
  })

  it('does not grow without end in a window that is not drawn', () => {
    for (let x = 0; x < 10_000; x++) trails.add('ada', 'red', at(x))
    expect(seen()).toHaveLength(2000)
    expect(seen().at(-1)).toEqual([9998, 9999])
  })

  it('is forgotten once it has faded and the laser is out', () => {
    for (const x of [0, 10]) trails.add('ada', 'red', at(x))
    trails.end('ada')
    time += 5000
    trails.fade()
    expect(trails.list).toEqual([])
  })
})
