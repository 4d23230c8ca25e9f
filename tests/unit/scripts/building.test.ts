import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { joinText } from '../../../scripts/announcement.mjs'
import { sourceDigest } from '../../../scripts/building.mjs'

describe('sourceDigest', () => {
  let root = ''
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'inkroom-sources-'))
    mkdirSync(join(root, 'src', 'shared'), { recursive: true })
    writeFileSync(join(root, 'src', 'shared', 'a.ts'), 'one')
  })
  afterEach(() => {
    rmSync(root, { recursive: true })
  })

  it('changes with the content and the name of a source, not with its time', () => {
    const before = sourceDigest(root)
    utimesSync(join(root, 'src', 'shared', 'a.ts'), 1, 1)
    expect(sourceDigest(root)).toBe(before)
    writeFileSync(join(root, 'src', 'shared', 'a.ts'), 'two')
    const edited = sourceDigest(root)
    expect(edited).not.toBe(before)
    writeFileSync(join(root, 'src', 'b.ts'), '')
    expect(sourceDigest(root)).not.toBe(edited)
  })

  it('does not look at what no build reads', () => {
    const before = sourceDigest(root)
    writeFileSync(join(root, 'README.md'), 'words')
    expect(sourceDigest(root)).toBe(before)
  })
})

describe('what `npm start` says about a server without a display', () => {
  it('is the links of the room', () => {
    const line = JSON.stringify({
      event: 'listening',
      urls: ['http://192.168.0.7:4657'],
      data: '/data',
      room: { links: ['http://192.168.0.7:4657/#/join/x'] },
    })
    expect(joinText(line)).toContain('  http://192.168.0.7:4657/#/join/x\n')
    expect(joinText(line)).toContain('/data')
  })

  it('is the addresses where there is no room', () => {
    expect(joinText('{"event":"listening","urls":["http://192.168.0.7:4657"]}')).toContain(
      'http://192.168.0.7:4657',
    )
  })

  it.each(['', 'not JSON', 'null', '{"event":"other"}'])('passes over the line %j', (line) => {
    expect(joinText(line)).toBeUndefined()
  })
})
