import { expect, test } from 'vitest'
import type { StartArgument } from '../../../src/main/commandLine'
import { DeepLinks } from '../../../src/main/deepLinks'

const link = (letter: string): string => `inkroom://192.168.1.5:4660/room/${letter.repeat(32)}`

/** Electron's app, as far as links go. */
function fakeApp(isDefault = false) {
  const registered: [string, string | undefined, string[] | undefined][] = []
  let send: (event: { preventDefault(): void }, url: string) => void = () => undefined
  let prevented = 0
  const links = new DeepLinks({
    on: (_, listener) => {
      send = listener
    },
    isDefaultProtocolClient: () => isDefault,
    setAsDefaultProtocolClient: (...args) => {
      registered.push(args as (typeof registered)[number])
      return true
    },
  })
  const open = (url: string): void => send({ preventDefault: () => prevented++ }, url)
  return { links, open, registered, prevented: () => prevented }
}

test('links that come before the app is ready are kept, later ones opened at once, all after the person agreed', () => {
  const { links, open, prevented } = fakeApp()
  open(link('a'))
  const started: StartArgument[] = []
  links.start((start) => started.push(start))
  open(link('b'))
  expect(started).toEqual([
    { link: link('a'), needsConfirmation: true },
    { link: link('b'), needsConfirmation: true },
  ])
  expect(prevented()).toBe(2)
})

test('what is no link to a room opens nothing, and a flood before the start only so much', () => {
  const { links, open } = fakeApp()
  for (const url of ['inkroom:', 'https://example.org/', 'file:///etc/passwd']) open(url)
  for (let count = 0; count < 1_000; count++) open(link('a'))
  const started: StartArgument[] = []
  links.start((start) => started.push(start))
  expect(started).toHaveLength(10)
})

test('the system is told once how to open links, with nothing of theirs to be a switch', () => {
  const fresh = fakeApp()
  fresh.links.register('/opt/electron', ['/src/inkroom'])
  expect(fresh.registered).toEqual([['inkroom', '/opt/electron', ['/src/inkroom', '--']]])
  const known = fakeApp(true)
  known.links.register('/opt/inkroom', [])
  expect(known.registered).toEqual([])
})
