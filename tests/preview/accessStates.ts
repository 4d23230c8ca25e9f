import type { NearbyRoom } from '../../src/renderer/platform/platform'
import type { RoomAccess } from '../../src/shared/access/roomAccess'
import type { FakePlatform } from '../lib/fakePlatform'
import type { FakeRoomClient } from '../lib/fakeRoomClient'

const HOUR = 3_600_000

/** People whom the room knows, invites, and somebody at the door. */
export function fillAccess(
  own: FakeRoomClient,
  options: { isChinese: boolean; now: number; atDoor: boolean },
): void {
  const { isChinese, now, atDoor } = options
  const state = own.access.state.value
  if (state === undefined) return
  const member = (
    id: string,
    name: string,
    colour: number,
    part: Partial<RoomAccess['members'][number]>,
  ) => ({
    deviceId: id.repeat(26),
    personId: id.repeat(26),
    name,
    colour,
    role: 'editor' as const,
    pageRoles: {},
    banned: false,
    lastSeen: now,
    ...part,
  })
  own.access.state.set({
    ...state,
    members: [
      member('o', isChinese ? '安娜' : 'Anna', 7, { role: 'owner' }),
      member('p', isChinese ? '李雷' : 'Ben Okafor', 1, {}),
      member('q', isChinese ? '韩梅梅' : 'Carla', 5, { role: 'viewer' }),
      member('d', isChinese ? '王小明' : 'Dimitri Alexandrovich Konstantinopolsky', 9, {
        lastSeen: now - 30 * HOUR,
      }),
      member('e', isChinese ? '林涛' : 'Eve', 10, { banned: true, lastSeen: now - 60 * HOUR }),
    ],
    invites: [
      {
        inviteId: 'k'.repeat(26),
        role: 'editor',
        expiresAt: now + 40 * HOUR,
        maxUses: null,
        uses: 2,
        createdAt: now - HOUR,
        createdBy: 'Anna',
      },
      {
        inviteId: 'm'.repeat(26),
        role: 'viewer',
        expiresAt: now - HOUR,
        maxUses: 30,
        uses: 21,
        createdAt: now - 3 * HOUR,
        createdBy: 'Anna',
      },
    ],
    waiting: atDoor
      ? [
          {
            deviceId: 'w'.repeat(26),
            name: isChinese ? '艾达' : 'Ada',
            colour: 3,
            role: 'editor',
            invited: false,
          },
          {
            deviceId: 'x'.repeat(26),
            name: isChinese ? '小李' : 'Grace',
            colour: 11,
            role: 'viewer',
            invited: true,
          },
          { deviceId: 'y'.repeat(26), name: 'Linus', colour: 0, role: 'editor', invited: false },
        ]
      : [],
  })
}

/** What a network looks like in which others host, too. */
export function fillNetwork(platform: FakePlatform, isChinese: boolean): void {
  const room = (id: string, title: string, hostName: string): NearbyRoom => ({
    roomId: id.repeat(32),
    title,
    hostName,
    link: `https://192.168.1.31:4660/room/${id.repeat(32)}`,
  })
  platform.setNearby([
    room(
      'e',
      isChinese ? '三年二班 科学课' : 'Science, class 3b',
      isChinese ? '张老师的电脑' : 'mrs-fields-laptop',
    ),
    room('f', isChinese ? '菜谱' : 'Recipes', 'kitchen-pc'),
  ])
  platform.hostingStatus = { ...platform.hostingStatus, connections: 3 }
  const ok = (step: 'resolve' | 'connect' | 'tls' | 'fingerprint' | 'protocol' | 'room', ms: number) => ({
    step,
    result: 'ok' as const,
    ms,
  })
  const skipped = (step: 'tls' | 'fingerprint' | 'protocol' | 'room' | 'resolve') => ({
    step,
    result: 'skipped' as const,
    ms: 0,
  })
  const rest = [skipped('tls'), skipped('fingerprint'), skipped('protocol'), skipped('room')]
  platform.connectionCheck = {
    addresses: [
      {
        origin: 'https://192.168.1.31:4660',
        address: '192.168.1.31',
        steps: [
          skipped('resolve'),
          { step: 'connect', result: 'failed', code: 'port-silent', ms: 3000 },
          ...rest,
        ],
      },
      {
        origin: 'https://atelier.local:4660',
        address: '10.8.0.2',
        steps: [ok('resolve', 12), { step: 'connect', result: 'failed', code: 'no-route', ms: 4 }, ...rest],
      },
    ],
    problem: {
      step: 'connect',
      code: 'port-silent',
      origin: 'https://192.168.1.31:4660',
      address: '192.168.1.31',
    },
  }
  platform.reachability = {
    port: 4660,
    addresses: [
      { origin: 'https://192.168.1.20:4660', interfaceName: 'wlan0', kind: 'local', answers: true },
      { origin: 'https://[fd12:3456:789a::20]:4660', interfaceName: 'wlan0', kind: 'local', answers: true },
      { origin: 'https://10.8.0.5:4660', interfaceName: 'tun0', kind: 'tunnel', answers: true },
      { origin: 'https://172.17.0.1:4660', interfaceName: 'docker0', kind: 'inner', answers: true },
    ],
    reachedFromOutside: false,
    firewall: {
      system: 'linux',
      tool: 'ufw',
      commands: ['sudo ufw allow 4660/tcp', 'sudo ufw allow 5353/udp'],
    },
  }
}
