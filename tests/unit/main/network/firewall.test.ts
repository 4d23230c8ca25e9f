import { expect, test } from 'vitest'
import { firewallOf, type FirewallMachine } from '../../../../src/main/network/firewall'

const machine = (
  platform: NodeJS.Platform,
  files: Readonly<Record<string, string>> = {},
  program = '/opt/Inkroom/inkroom',
): FirewallMachine => ({
  platform,
  program,
  exists: (path) => Object.hasOwn(files, path),
  read: (path) => files[path],
})

test('Windows lets the program in, wherever it lies, in networks that are not public', () => {
  const program = 'C:\\Program Files\\Inkroom\\Inkroom.exe'
  expect(firewallOf(4660, machine('win32', {}, program))).toEqual({
    system: 'windows',
    tool: 'netsh',
    commands: [
      `netsh advfirewall firewall add rule name="Inkroom" dir=in action=allow program="${program}" profile=private,domain`,
    ],
  })
})

test('macOS lets the app in, quoted whatever it is called', () => {
  const { tool, commands } = firewallOf(
    4660,
    machine('darwin', {}, "/Users/ada/Ada's Apps/Inkroom.app/Contents/MacOS/Inkroom"),
  )
  expect(tool).toBe('socketfilterfw')
  expect(commands.map((line) => line.slice(line.indexOf('--')))).toEqual([
    "--add '/Users/ada/Ada'\\''s Apps/Inkroom.app'",
    "--unblockapp '/Users/ada/Ada'\\''s Apps/Inkroom.app'",
  ])
})

const UFW = '/etc/ufw/ufw.conf'
test.each([
  ['ufw', { [UFW]: 'LOGLEVEL=low\nENABLED=yes\n', '/run/firewalld.pid': '1' }, 'sudo ufw allow 4660/tcp'],
  ['firewalld', { [UFW]: 'ENABLED=no\n', '/run/firewalld.pid': '1' }, '--add-port=4660/tcp'],
  ['nftables', { '/etc/systemd/system/sysinit.target.wants/nftables.service': '' }, 'tcp dport 4660 accept'],
  ['iptables', { '/etc/iptables/rules.v4': '' }, '--dport 4660 -j ACCEPT'],
])('Linux with %s lets the port in, and being found', (tool, files, command) => {
  const firewall = firewallOf(4660, machine('linux', files))
  expect(firewall).toMatchObject({ system: 'linux', tool })
  const [first = '', second = ''] = firewall.commands
  expect(first).toContain(command)
  expect(second).toMatch(/5353|mdns/)
})

test('where no firewall is known there is nothing to do', () => {
  expect(firewallOf(4660, machine('linux'))).toEqual({ system: 'linux', tool: 'none', commands: [] })
  expect(firewallOf(4660, machine('freebsd'))).toEqual({ system: 'other', tool: 'none', commands: [] })
})
