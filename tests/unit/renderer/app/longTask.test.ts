import { shallowRef } from 'vue'
import { describe, expect, it } from 'vitest'
import type { AssetClient } from '../../../../src/client/api'
import { runLongTask, type LongTask, type Slicing } from '../../../../src/renderer/app/longTask'
import { toSvg } from '../../../../src/renderer/board/exportPicture'
import { boardColours } from '../../../../src/renderer/board/draw/colours'
import { importDrawing } from '../../../../src/renderer/composables/board/importDrawing'
import { exportExcalidraw } from '../../../../src/shared/board/excalidraw'
import { finish, type Steps } from '../../../../src/shared/board/steps'
import { BoardDesk } from '../../../lib/boardDesk'

/** Each step takes 5 ms of a time that the test makes. */
function slicesOf(onTurn: () => void = () => undefined) {
  let time = 0
  const turns: number[] = []
  const slicing: Slicing = {
    now: () => time,
    turn: async () => {
      turns.push(time)
      onTurn()
      await Promise.resolve()
    },
  }
  function* work(steps: number): Steps<string> {
    for (let i = 0; i < steps; i++) {
      time += 5
      yield i / steps
    }
    return 'done'
  }
  return { slicing, turns, work }
}

describe('work that takes long', () => {
  it('gives the screen its turn again and again, and shows how far it is', async () => {
    const list = shallowRef<readonly LongTask[]>([])
    const shown: number[] = []
    const { slicing, turns, work } = slicesOf(() => shown.push(list.value[0]?.done.value ?? -1))
    expect(await runLongTask(list, 'Writing', work(10), slicing)).toBe('done')
    expect(turns).toEqual([15, 30, 45])
    expect(shown).toEqual([0.2, 0.5, 0.8])
    expect(list.value).toEqual([])
  })

  it('is not shown where it is quick', async () => {
    const list = shallowRef<readonly LongTask[]>([])
    const { slicing, turns, work } = slicesOf()
    expect(await runLongTask(list, 'Writing', work(2), slicing)).toBe('done')
    expect(turns).toEqual([])
  })

  it('ends without a result when it is cancelled', async () => {
    const list = shallowRef<readonly LongTask[]>([])
    const { slicing, turns, work } = slicesOf(() => list.value[0]?.cancel())
    expect(await runLongTask(list, 'Writing', work(1000), slicing)).toBeUndefined()
    expect(turns).toHaveLength(1)
    expect(list.value).toEqual([])
  })

  it('is not shown any more when it fails', async () => {
    const list = shallowRef<readonly LongTask[]>([])
    const { slicing } = slicesOf()
    function* broken(): Steps<string> {
      yield 0
      throw new Error('broken')
    }
    await expect(runLongTask(list, 'Writing', broken(), slicing)).rejects.toThrow('broken')
    expect(list.value).toEqual([])
  })
})

describe('files of a large board', () => {
  const drawn = (): BoardDesk => {
    const desk = new BoardDesk()
    desk.put(
      ...Array.from({ length: 200 }, (_, i) => ({ id: `s${i}`, type: 'note', x: i * 10, y: 0 }) as const),
    )
    return desk
  }

  it('are written a shape each step', () => {
    const desk = drawn()
    const steps = toSvg(desk.editor.board, desk.shapes, boardColours('light'), () => undefined)
    let count = 0
    let next = steps.next()
    for (; next.done !== true; next = steps.next()) count++
    expect(count).toBeGreaterThanOrEqual(200)
    expect(next.value).toContain('<svg')
  })

  it('change nothing on the board when reading is cancelled, and everything as one step to undo when not', async () => {
    const file = exportExcalidraw(drawn().shapes, { picture: () => undefined })
    const desk = new BoardDesk()
    const assets = {} as AssetClient
    const store = (): Promise<string> => Promise.reject(new Error('no pictures here'))
    let rounds = 0
    /** Cancelled while the shapes are made, which is the last that takes long. */
    const cancelled = <T>(steps: Steps<T>): Promise<T | undefined> =>
      Promise.resolve(++rounds === 2 ? undefined : finish(steps))
    expect(await importDrawing(desk.editor, file, assets, store, cancelled)).toBeUndefined()
    expect(desk.shapes).toEqual([])
    const whole = <T>(steps: Steps<T>): Promise<T> => Promise.resolve(finish(steps))
    expect(await importDrawing(desk.editor, file, assets, store, whole)).toEqual({ shapes: 200, lost: 0 })
    expect(desk.shapes).toHaveLength(200)
    expect(desk.editor.selected).toHaveLength(200)
    desk.editor.undo()
    expect(desk.shapes).toEqual([])
  })
})
