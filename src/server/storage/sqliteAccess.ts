import type { Database, Statement } from 'better-sqlite3'
import { roomPolicySchema } from '../../shared/access/roomAccess'
import { parseJson, parseRow } from './roomRows'
import {
  storedInviteSchema,
  storedMemberSchema,
  type AccessChange,
  type StoredAccess,
  type StoredInvite,
  type StoredMember,
} from './storedAccess'

type Row = Readonly<Record<string, unknown>>

/** Policy, members and invites in rooms.sqlite. Transactions are the caller's; rooms are named by their row. */
export class SqliteAccess {
  readonly #sql: Readonly<Record<keyof ReturnType<typeof prepare>, Statement>>

  constructor(database: Database) {
    this.#sql = prepare(database)
  }

  load(room: number): StoredAccess {
    const policy = this.#sql.policy.get(room)
    return {
      policy:
        typeof policy === 'string'
          ? parseRow(roomPolicySchema, parseJson(policy, 'policy'), 'policy')
          : undefined,
      members: this.#sql.members.all(room).map((row) => parseMember(row as Row)),
      invites: this.#sql.invites.all(room).map((row) => parseInvite(row as Row)),
    }
  }

  apply(room: number, change: AccessChange): void {
    switch (change.change) {
      case 'setPolicy':
        this.#sql.setPolicy.run(JSON.stringify(change.policy), room)
        return
      case 'putMember':
        this.#putMember(room, change.member)
        return
      case 'removeMember':
        this.#sql.removeMember.run(room, change.deviceId)
        return
      case 'putInvite':
        this.#putInvite(room, change.invite)
        return
      case 'removeInvite':
        this.#sql.removeInvite.run(room, change.inviteId)
    }
  }

  #putMember(room: number, member: StoredMember): void {
    const { deviceId, personId, name, colour, role, pageRoles, banned, standing, lastSeen } = member
    const roles = JSON.stringify(pageRoles)
    this.#sql.putMember.run(
      room,
      deviceId,
      personId,
      name,
      colour,
      role,
      roles,
      Number(banned),
      standing,
      lastSeen,
    )
  }

  #putInvite(room: number, invite: StoredInvite): void {
    const { inviteId, role, expiresAt, maxUses, uses, createdAt, createdBy, ownDevice, maker } = invite
    this.#sql.putInvite.run(
      room,
      inviteId,
      role,
      expiresAt,
      maxUses,
      uses,
      createdAt,
      createdBy,
      Number(ownDevice),
      maker,
    )
  }
}

function prepare(database: Database) {
  const member = 'device_id, person_id, name, colour, role, page_roles, banned, standing, last_seen'
  const invite = 'invite_id, role, expires_at, max_uses, uses, created_at, created_by, own_device, maker'
  return {
    policy: database.prepare('SELECT policy FROM rooms WHERE id = ?').pluck(),
    setPolicy: database.prepare('UPDATE rooms SET policy = ? WHERE id = ?'),
    members: database.prepare(`SELECT ${member} FROM members WHERE room = ? ORDER BY device_id`),
    putMember: database.prepare(
      `INSERT OR REPLACE INTO members (room, ${member}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    removeMember: database.prepare('DELETE FROM members WHERE room = ? AND device_id = ?'),
    invites: database.prepare(`SELECT ${invite} FROM invites WHERE room = ? ORDER BY created_at, invite_id`),
    putInvite: database.prepare(
      `INSERT OR REPLACE INTO invites (room, ${invite}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    removeInvite: database.prepare('DELETE FROM invites WHERE room = ? AND invite_id = ?'),
  }
}

function parseMember(row: Row): StoredMember {
  const where = `member ${String(row['device_id'])}`
  return parseRow(
    storedMemberSchema,
    {
      ...row,
      deviceId: row['device_id'],
      personId: row['person_id'],
      pageRoles: parseJson(String(row['page_roles']), where),
      banned: bit(row['banned']),
      lastSeen: row['last_seen'],
    },
    where,
  )
}

function parseInvite(row: Row): StoredInvite {
  return parseRow(
    storedInviteSchema,
    {
      ...row,
      inviteId: row['invite_id'],
      expiresAt: row['expires_at'],
      maxUses: row['max_uses'],
      createdAt: row['created_at'],
      createdBy: row['created_by'],
      ownDevice: bit(row['own_device']),
    },
    `invite ${String(row['invite_id'])}`,
  )
}

/** SQLite has no truth values. What is neither 0 nor 1 is left for the schema to refuse. */
function bit(value: unknown): unknown {
  return value === 0 ? false : value === 1 ? true : value
}
