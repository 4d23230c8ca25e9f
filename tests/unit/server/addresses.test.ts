import { expect, test } from 'vitest'
import {
  joinLinks,
  localOriginOf,
  originsOf,
  ownAddresses,
  reachableAddresses,
  type Interfaces,
} from '../../../src/server/addresses'
import { multicastCards } from '../../../src/server/discovery/multicastCards'
import { MAX_TOKEN_ORIGINS } from '../../../src/shared/access/inviteToken'
import { parseRoomLink } from '../../../src/shared/roomLink'

const v4 = (address: string, internal = false) => ({ address, family: 'IPv4', internal })
const v6 = (address: string, internal = false) => ({ address, family: 'IPv6', internal })

const LOOPBACK = { lo: [v4('127.0.0.1', true), v6('::1', true)] }
const ROOM_ID = 'abcdefghijklmnopqrstuvwxyz234567'

test('the private IPv4 address of a real card comes first, an address a card gave itself last', () => {
  const interfaces: Interfaces = {
    ...LOOPBACK,
    eth1: [v4('169.254.7.7'), v6('fd00::7')],
    tailscale0: [v4('100.101.102.103'), v6('fd7a::1')],
    eno1: [v4('203.0.113.5')],
    wlan0: [v6('fe80::1'), v6('2001:db8::1'), v4('192.168.1.20')],
  }
  expect(reachableAddresses(interfaces)).toEqual([
    '192.168.1.20',
    '203.0.113.5',
    '100.101.102.103',
    'fd00::7',
    '2001:db8::1',
    'fd7a::1',
    '169.254.7.7',
  ])
})

test.each([
  'docker0',
  'br-0123456789ab',
  'veth12ab',
  'virbr0',
  'vmnet8',
  'vboxnet0',
  'lxcbr0',
  'cni0',
  'vEthernet (WSL)',
  'vEthernet (WSL (Hyper-V firewall))',
  'vEthernet (Default Switch)',
  'VirtualBox Host-Only Network',
])('the network %s towards containers and virtual machines does not count', (name) => {
  expect(reachableAddresses({ [name]: [v4('172.17.0.1')], eth0: [v4('10.0.0.9')] })).toEqual(['10.0.0.9'])
})

test.each(['bridge0', 'bridge100', 'vEthernet (LAN)', 'vEthernet (External Switch)'])(
  'N6: the network %s, in which others may be, comes last and is not left out',
  (name) => {
    const interfaces = {
      docker0: [v4('172.17.0.1')],
      [name]: [v4('192.168.2.1')],
      eth0: [v4('10.0.0.9'), v6('fd00::7')],
    }
    expect(reachableAddresses(interfaces)).toEqual(['10.0.0.9', 'fd00::7', '192.168.2.1'])
    expect(multicastCards(interfaces).map((card) => card.name)).toEqual([name, 'eth0'])
    expect(ownAddresses(interfaces).map(({ kind }) => kind)).toEqual(['local', 'local', 'shared', 'inner'])
  },
)

test.each(['eth0', 'enp3s0', 'wlp2s0', 'en0', 'Wi-Fi', 'Ethernet 2', 'wlan0', 'bond0'])(
  'the network %s is one that others are in',
  (name) => {
    expect(reachableAddresses({ docker0: [v4('172.17.0.1')], [name]: [v4('10.0.0.9')] })).toEqual([
      '10.0.0.9',
    ])
  },
)

test('a network towards containers counts where there is nothing else', () => {
  expect(reachableAddresses({ ...LOOPBACK, veth0: [v4('10.1.1.2')] })).toEqual(['10.1.1.2'])
})

test('loopback counts only where there is nothing at all', () => {
  expect(reachableAddresses(LOOPBACK)).toEqual(['127.0.0.1'])
  expect(reachableAddresses({ ...LOOPBACK, eth0: [v6('fe80::1')] })).toEqual(['127.0.0.1'])
  expect(reachableAddresses({})).toEqual(['127.0.0.1'])
})

test('addresses are as many as an invite has room for', () => {
  const many = Array.from({ length: 20 }, (_, index) => v6(`2001:db8::${index}`))
  expect(reachableAddresses({ eth0: [...many, v4('192.168.1.20')] })).toEqual([
    '192.168.1.20',
    ...Array.from({ length: MAX_TOKEN_ORIGINS - 1 }, (_, index) => `2001:db8::${index}`),
  ])
})

test('each address says what it is good for, those of containers the last', () => {
  const kinds = ownAddresses({
    ...LOOPBACK,
    docker0: [v4('172.17.0.1')],
    wg0: [v4('10.8.0.2')],
    eth0: [v6('fe80::1'), v6('fd12:3456::1'), v6('2001:db8::1'), v4('192.168.1.20')],
    eth1: [v4('203.0.113.5'), v4('169.254.3.4')],
  }).map(({ address, interfaceName, kind }) => [address, interfaceName, kind])
  expect(kinds).toEqual([
    ['192.168.1.20', 'eth0', 'local'],
    ['203.0.113.5', 'eth1', 'public'],
    ['10.8.0.2', 'wg0', 'tunnel'],
    ['fd12:3456::1', 'eth0', 'local'],
    ['2001:db8::1', 'eth0', 'public'],
    ['169.254.3.4', 'eth1', 'self-assigned'],
    ['172.17.0.1', 'docker0', 'inner'],
  ])
})

test('what this machine has is an address', () => {
  expect(reachableAddresses().length).toBeGreaterThan(0)
})

const interfaces: Interfaces = { ...LOOPBACK, eth0: [v4('192.168.1.20'), v6('fd00::1')] }

test('links name the addresses that the server listens on', () => {
  const linksAt = (host: string) =>
    joinLinks(ROOM_ID, { host, port: 4657, fingerprint: undefined, publicOrigins: [] }, interfaces)
  expect(linksAt('0.0.0.0')).toEqual([`http://192.168.1.20:4657/room/${ROOM_ID}`])
  expect(linksAt('::')).toEqual([
    `http://192.168.1.20:4657/room/${ROOM_ID}`,
    `http://[fd00::1]:4657/room/${ROOM_ID}`,
  ])
  expect(linksAt('127.0.0.1')).toEqual([`http://127.0.0.1:4657/room/${ROOM_ID}`])
  expect(linksAt('rooms.local')).toEqual([`http://rooms.local:4657/room/${ROOM_ID}`])
  for (const link of linksAt('::')) expect(parseRoomLink(link)?.roomId).toBe(ROOM_ID)
})

test('links name a proxy where there is one', () => {
  const place = {
    host: '127.0.0.1',
    port: 4657,
    fingerprint: undefined,
    publicOrigins: ['https://rooms.example.org'],
  }
  expect(originsOf(place, interfaces)).toEqual(['https://rooms.example.org'])
})

test.each([
  ['0.0.0.0', 'http://127.0.0.1:4657'],
  ['::', 'http://127.0.0.1:4657'],
  ['192.168.1.20', 'http://192.168.1.20:4657'],
])('programs on this machine reach a server on %s at %s', (host, origin) => {
  expect(
    localOriginOf({ host, port: 4657, fingerprint: undefined, publicOrigins: ['https://rooms.example.org'] }),
  ).toBe(origin)
})
