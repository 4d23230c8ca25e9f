import { describe, expect, it } from 'vitest'
import { commandArguments, parseCommandLine, startOfDeepLink } from '../../../src/main/commandLine'

const link = `http://192.168.1.5:4660/room/${'a'.repeat(32)}`
const parse = (...args: string[]): ReturnType<typeof parseCommandLine> =>
  parseCommandLine(['/opt/electron', ...args], '/home/ada', '/opt/inkroom')

describe('the command line of the app', () => {
  it('names a room link to start with', () => {
    expect(parse(link).start).toEqual({ link, needsConfirmation: false })
  })

  it('N12: asks the person first where another program may have opened the link', () => {
    const deep = link.replace('http:', 'inkroom:')
    for (const text of [deep, deep.toUpperCase().replace(/\/ROOM.*/, `/room/${'a'.repeat(32)}`)])
      expect(parse('--', text).start).toEqual({ link: text, needsConfirmation: true })
    expect(parse(deep).start).toEqual({ link: deep, needsConfirmation: true })
    expect(parse('--', link).start).toEqual({ link, needsConfirmation: true })
  })

  it.each([
    ['too long', `inkroom://host:1/room/${'a'.repeat(32)}#fp=${'x'.repeat(100_000)}`],
    ['no room', 'inkroom://host:1/'],
    ['another scheme in it', `inkroom:javascript:alert(1)//room/${'a'.repeat(32)}`],
    ['a password', `inkroom://ada:secret@host:1/room/${'a'.repeat(32)}`],
    ['a line break', `inkroom://ho\nst:1/room/${'a'.repeat(32)}`],
    ['a null', `inkroom://host:1/room/${'a'.repeat(32)}\0`],
    ['nothing', 'inkroom:'],
  ])('N12: opens nothing for a hostile link with %s', (_, text) => {
    expect(parse('--', text).start).toBeUndefined()
    expect(startOfDeepLink(text)).toBeUndefined()
  })

  it('N12: takes no switches from what another program opened', () => {
    expect(parse('--', '--host=0.0.0.0', '--user-data-dir=/tmp/x', '--no-discovery')).toMatchObject({
      host: undefined,
      userData: undefined,
      discovery: true,
    })
  })

  it('names a file to start with, relative to the working folder', () => {
    expect(parse('notes/today.md').start).toEqual({ file: '/home/ada/notes/today.md' })
    expect(parse('/srv/plan.txt').start).toEqual({ file: '/srv/plan.txt' })
  })

  it('does not take other addresses for files', () => {
    expect(parse('https://example.org/').start).toBeUndefined()
    expect(parse('javascript:alert(1)').start).toBeUndefined()
  })

  it('does not take the folder of the app, flags or modules of test tools for files', () => {
    expect(
      parse('--inspect=0', '-r', '/tmp/loader.js', '/opt/inkroom', '--host=127.0.0.1', '').start,
    ).toBeUndefined()
    expect(parseCommandLine(['electron', '.', 'a.md'], '/opt/inkroom', '/opt/inkroom').start).toEqual({
      file: '/opt/inkroom/a.md',
    })
  })

  it('takes the first of several', () => {
    expect(parse('a.md', link).start).toEqual({ file: '/home/ada/a.md' })
  })

  it('has its folder, its address and how it is found as flags, in any place', () => {
    const flags = ['--user-data-dir=data', '--host=127.0.0.1', '--discovery-interface=10.0.0.2']
    expect(parse(link, ...flags, '--no-discovery')).toEqual({
      userData: '/home/ada/data',
      host: '127.0.0.1',
      discovery: false,
      discoveryInterface: '10.0.0.2',
      start: { link, needsConfirmation: false },
    })
    expect(parse('--user-data-dir=', '--host=', '--discovery-interface=')).toEqual({
      userData: undefined,
      host: undefined,
      discovery: true,
      discoveryInterface: undefined,
      start: undefined,
    })
  })
})

describe('a start without windows', () => {
  const command = (...args: string[]): readonly string[] | undefined =>
    commandArguments(['/opt/electron', ...args], '/home/ada', '/opt/inkroom')

  it('begins at the word for it, whatever switches of Chromium come before', () => {
    expect(command('serve', '--port', '0')).toEqual(['serve', '--port', '0'])
    expect(command('--ozone-platform=headless', '--', 'serve', '--room', 'A b')).toEqual([
      'serve',
      '--room',
      'A b',
    ])
    expect(command('/opt/inkroom', 'help')).toEqual(['help'])
    expect(command('--no-sandbox', '--version')).toEqual(['--version'])
  })

  it('is none where a link or a file comes first, even one of that name elsewhere', () => {
    expect(command()).toBeUndefined()
    expect(command('--host=127.0.0.1')).toBeUndefined()
    expect(command(link, 'serve')).toBeUndefined()
    expect(command('./serve')).toBeUndefined()
  })
})
