import type { Database } from 'better-sqlite3'

/** Every statement of the room store, prepared once. */
export function prepareRoomStatements(database: Database) {
  const roomColumns = 'room_id, public_key, private_key, title, owner, created_at, open'
  return {
    insertRoom: database.prepare(
      `INSERT INTO rooms (${roomColumns}, importing) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    listRooms: database.prepare(
      `SELECT ${roomColumns} FROM rooms WHERE importing = 0 ORDER BY created_at DESC, room_id`,
    ),
    room: database.prepare(`SELECT ${roomColumns} FROM rooms WHERE room_id = ? AND importing = 0`),
    finishImport: database.prepare('UPDATE rooms SET importing = 0 WHERE room_id = ? AND importing = 1'),
    deleteImports: database.prepare('DELETE FROM rooms WHERE importing = 1'),
    roomRowId: database.prepare('SELECT id FROM rooms WHERE room_id = ?').pluck(),
    setRoomOpen: database.prepare('UPDATE rooms SET open = ? WHERE room_id = ?'),
    deleteRoom: database.prepare('DELETE FROM rooms WHERE room_id = ?'),

    page: database.prepare(`
      SELECT pages.id, kind, head_version, head_hash, head_signature, log_start, log_start_hash
      FROM pages JOIN rooms ON rooms.id = pages.room WHERE room_id = ? AND page_id = ?`),
    insertPage: database.prepare(`
      INSERT INTO pages (room, page_id, kind, head_version, head_hash, head_signature) VALUES (?, ?, ?, ?, ?, ?)`),
    moveHead: database.prepare(
      'UPDATE pages SET head_version = ?, head_hash = ?, head_signature = ? WHERE id = ?',
    ),

    pagesToKeep: database.prepare(`
      SELECT page_id, kind, head_version, log_start, coalesce(snapshots.version, 0) AS snapshot_version,
        oldest_deletion, coalesce(mostly_deleted, 0) AS mostly_deleted
      FROM pages JOIN rooms ON rooms.id = pages.room LEFT JOIN snapshots ON snapshots.page = pages.id
      WHERE room_id = ? AND (log_start < head_version OR oldest_deletion IS NOT NULL) ORDER BY pages.id`),
    boards: database
      .prepare(
        `SELECT page_id FROM pages JOIN rooms ON rooms.id = pages.room
         WHERE room_id = ? AND kind = 'board' ORDER BY pages.id`,
      )
      .pluck(),

    snapshot: database.prepare(
      'SELECT version, hash, text, deletions, mostly_deleted FROM snapshots WHERE page = ?',
    ),
    snapshotVersion: database.prepare('SELECT version FROM snapshots WHERE page = ?').pluck(),
    putSnapshot: database.prepare(`
      INSERT OR REPLACE INTO snapshots (page, version, hash, text, deletions, oldest_deletion, mostly_deleted)
      VALUES (?, ?, ?, ?, ?, ?, ?)`),

    stands: database.prepare(
      'SELECT client_id, author, seq, version, digest FROM client_stands WHERE page = ? ORDER BY version',
    ),
    putStand: database.prepare(`
      INSERT OR REPLACE INTO client_stands (page, client_id, author, seq, version, digest) VALUES (?, ?, ?, ?, ?, ?)`),
  }
}

export type RoomStatements = ReturnType<typeof prepareRoomStatements>
