import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WindowPlaces } from '../../../../src/main/windows/windowPlaces'
import { silentLogger } from '../../../../src/server/logger'
import { idOf } from '../../../lib/idOf'
import { makeTemporaryFolder, removeFolder } from '../../../lib/temporaryFolder'

let folder: string
beforeEach(async () => {
  folder = await makeTemporaryFolder()
})
afterEach(() => removeFolder(folder))

const place = (x: number) => ({ x, y: 0, width: 900, height: 700, maximized: false })
const open = (): WindowPlaces => new WindowPlaces(folder, silentLogger)

describe('the places of windows', () => {
  it('Y11: are kept: the last one of all, and the last of each room', async () => {
    const places = open()
    expect([places.last, places.ofRoom(idOf('a'))]).toEqual([undefined, undefined])
    places.remember(place(1), idOf('a'))
    places.remember(place(2), idOf('b'))
    places.remember({ ...place(3), maximized: true }, undefined)
    await places.settled()
    const later = open()
    expect(later.last).toEqual({ ...place(3), maximized: true })
    expect([later.ofRoom(idOf('a')), later.ofRoom(idOf('b'))]).toEqual([place(1), place(2)])
  })

  it('Y11: are bounded: the room looked at longest ago is forgotten', async () => {
    const places = open()
    for (let number = 0; number < 50; number++) places.remember(place(number), idOf(`room ${number}`))
    places.remember(place(100), idOf('room 0'))
    places.remember(place(101), idOf('one more'))
    await places.settled()
    const later = open()
    expect(later.ofRoom(idOf('room 0'))).toEqual(place(100))
    expect(later.ofRoom(idOf('room 1'))).toBeUndefined()
    expect(later.ofRoom(idOf('one more'))).toEqual(place(101))
  })

  it('Y11: that are no places are put aside', async () => {
    await writeFile(join(folder, 'windows.json'), '{"last":{"x":"left"},"rooms":[]}')
    expect(open().last).toBeUndefined()
    expect(await readFile(join(folder, 'windows.json.bad'), 'utf8')).toContain('left')
  })
})
