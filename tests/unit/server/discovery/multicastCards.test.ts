import { expect, test } from 'vitest'
import { multicastCards } from '../../../../src/server/discovery/multicastCards'

const v4 = (address: string, internal = false) => ({ address, family: 'IPv4', internal })
const v6 = (address: string, scopeid: number) => ({ address, family: 'IPv6', internal: false, scopeid })
const LOOPBACK = { lo: [v4('127.0.0.1', true)] }

test('each card that leads to others counts once', () => {
  const cards = multicastCards({
    ...LOOPBACK,
    docker0: [v4('172.17.0.1')],
    eth0: [v4('192.168.1.20'), v4('192.168.1.21'), v6('fe80::1', 2)],
    wlan0: [v4('10.0.0.7')],
  })
  expect(cards).toEqual([
    { name: 'eth0', family: 'IPv4', address: '192.168.1.20' },
    { name: 'wlan0', family: 'IPv4', address: '10.0.0.7' },
  ])
})

test('a card without IPv4 is spoken to by IPv6', () => {
  expect(multicastCards({ ...LOOPBACK, eth0: [v6('fe80::1', 2)] })).toEqual([
    { name: 'eth0', family: 'IPv6', address: '::%eth0' },
  ])
})

test('containers are told where there is nobody else', () => {
  expect(multicastCards({ ...LOOPBACK, docker0: [v4('172.17.0.1')] })).toHaveLength(1)
  expect(multicastCards(LOOPBACK)).toEqual([])
})

test('one card alone can be chosen, and none where it is not there', () => {
  const interfaces = { ...LOOPBACK, eth0: [v4('192.168.1.20')] }
  expect(multicastCards(interfaces, '127.0.0.1')).toEqual([
    { name: 'lo', family: 'IPv4', address: '127.0.0.1' },
  ])
  expect(multicastCards(interfaces, '192.168.1.99')).toEqual([])
})
