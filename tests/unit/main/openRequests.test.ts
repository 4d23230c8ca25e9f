import { expect, test } from 'vitest'
import type { StartArgument } from '../../../src/main/commandLine'
import { OpenRequests } from '../../../src/main/openRequests'

const link = (letter: string): string => `inkroom://192.168.1.5:4660/room/${letter.repeat(32)}`

/** Electron's app, as far as what the system hands over goes. */
function fakeApp(isDefault = false) {
  const registered: [string, string | undefined, string[] | undefined][] = []
  const listeners = new Map<string, (event: { preventDefault(): void }, what: string) => void>()
  let prevented = 0
  const links = new OpenRequests({
    on: (event, listener) => listeners.set(event, listener),
    isDefaultProtocolClient: () => isDefault,
    setAsDefaultProtocolClient: (...args) => {
      registered.push(args as (typeof registered)[number])
      return true
    },
  })
  const send = (event: string, what: string): void =>
    listeners.get(event)?.({ preventDefault: () => prevented++ }, what)
  const open = (url: string): void => send('open-url', url)
  const openFile = (path: string): void => send('open-file', path)
  return { links, open, openFile, registered, prevented: () => prevented }
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

test('files that the person opens in the system come in the same way', () => {
  const { links, openFile, prevented } = fakeApp()
  openFile('/home/ada/Workshop.inkroom')
  const started: StartArgument[] = []
  links.start((start) => started.push(start))
  openFile('/home/ada/notes.md')
  expect(started).toEqual([{ file: '/home/ada/Workshop.inkroom' }, { file: '/home/ada/notes.md' }])
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
