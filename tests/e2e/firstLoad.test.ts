import { expect, test } from '@playwright/test'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const RENDERER = 'out/renderer'
/** Bytes of code that may be loaded before the home screen: a phone's guest waits for it, and each start of the app. */
const LIMIT = 900_000

test('the home screen is there without the code of the editors', () => {
  const html = readFileSync(join(RENDERER, 'index.html'), 'utf8')
  const scripts = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, path = '']) => path)
  expect(scripts.length).toBeGreaterThan(1)
  const bytes = scripts.reduce((sum, path) => sum + statSync(join(RENDERER, path)).size, 0)
  expect(bytes).toBeLessThan(LIMIT)
  expect(scripts.filter((path) => path.includes('RoomScreen'))).toEqual([])
})
