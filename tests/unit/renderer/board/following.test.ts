import { describe, expect, it } from 'vitest'
import { nextTick, ref } from 'vue'
import type { BoardPerson } from '../../../../src/renderer/bindings/board/boardPresence'
import { keepFollowing } from '../../../../src/renderer/composables/board/keepFollowing'
import { Variable } from '../../../../src/client/observable'
import { BoardDesk } from '../../../lib/boardDesk'

/** Somebody who sees a part of the board as large as half of the desk's. */
function lookingAt(x: number, y: number): BoardPerson {
  return {
    person: { sessionId: 'ben', deviceId: 'ben', personId: 'ben', name: 'Ben', colour: 1, role: 'editor' },
    pointer: undefined,
    isLaser: false,
    view: { x, y, width: 500, height: 400 },
    selected: [],
    caret: undefined,
  }
}

describe('following somebody on a board', () => {
  it('goes where they already look, and with them until it is stopped', async () => {
    const { editor } = new BoardDesk()
    const following = ref<readonly string[]>(['ben'])
    const others = new Variable<readonly BoardPerson[]>([lookingAt(100, 100)])
    const { show, stop } = keepFollowing(following, editor, { others })
    show()
    expect(editor.camera).toEqual({ x: 100, y: 100, zoom: 2 })
    others.set([lookingAt(200, 0)])
    expect(editor.camera).toEqual({ x: 200, y: 0, zoom: 2 })
    following.value = []
    await nextTick()
    others.set([lookingAt(300, 0)])
    expect(editor.camera.x).toBe(200)
    following.value = ['ben']
    await nextTick()
    expect(editor.camera.x).toBe(300)
    stop()
    others.set([lookingAt(0, 0)])
    expect(editor.camera.x).toBe(300)
  })
})
