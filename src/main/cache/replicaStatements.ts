import type { Database } from 'better-sqlite3'

/** Every statement of the cache, prepared once. */
export function prepareReplicaStatements(database: Database) {
  return {
    listRooms: database.prepare(
      'SELECT room_id, title, link, hosted, last_used FROM rooms ORDER BY last_used DESC, room_id',
    ),
    putRoom: database.prepare(
      'INSERT OR REPLACE INTO rooms (room_id, title, link, hosted, last_used) VALUES (?, ?, ?, ?, ?)',
    ),
    deleteRoom: database.prepare('DELETE FROM rooms WHERE room_id = ?'),

    replicasOfRoom: database.prepare(
      'SELECT id, replica_id, page_id, unsent FROM replicas WHERE room_id = ? ORDER BY id',
    ),
    insertReplica: database.prepare('INSERT INTO replicas (replica_id, room_id, page_id) VALUES (?, ?, ?)'),
    setUnsent: database.prepare('UPDATE replicas SET unsent = ? WHERE id = ?'),
    deleteReplica: database.prepare('DELETE FROM replicas WHERE id = ?'),
    deleteReplicasOfRoom: database.prepare('DELETE FROM replicas WHERE room_id = ?'),

    /** Where the next entry goes; null in a new replica. */
    nextPosition: database
      .prepare(
        `SELECT max(position) FROM (
          SELECT max(position) + 1 AS position FROM steps WHERE replica = @replica
          UNION ALL SELECT max(position) + 1 FROM log WHERE replica = @replica
          UNION ALL SELECT position FROM checkpoints WHERE replica = @replica)`,
      )
      .pluck(),

    checkpoint: database.prepare('SELECT position, head, snapshot FROM checkpoints WHERE replica = ?'),
    hasCheckpoint: database.prepare('SELECT 1 FROM checkpoints WHERE replica = ?').pluck(),
    putCheckpoint: database.prepare(
      'INSERT OR REPLACE INTO checkpoints (replica, position, head, snapshot) VALUES (?, ?, ?, ?)',
    ),

    insertStep: database.prepare('INSERT INTO steps (replica, position, entry) VALUES (?, ?, ?)'),
    deleteSteps: database.prepare('DELETE FROM steps WHERE replica = ?'),
    insertLog: database.prepare(
      'INSERT INTO log (replica, position, to_version, hash, entry) VALUES (?, ?, ?, ?, ?)',
    ),
    log: database.prepare('SELECT position, entry FROM log WHERE replica = ? ORDER BY position'),
    deleteLog: database.prepare('DELETE FROM log WHERE replica = ?'),
    /** All but the newest so many. */
    trimLog: database.prepare(`
      DELETE FROM log WHERE replica = @replica AND position <=
        (SELECT position FROM log WHERE replica = @replica ORDER BY position DESC LIMIT 1 OFFSET @keep)`),
    newestLog: database.prepare(
      'SELECT to_version, hash FROM log WHERE replica = ? ORDER BY position DESC LIMIT 1',
    ),
    journal: database.prepare(`
      SELECT position, entry FROM steps WHERE replica = @replica AND position >= @from
      UNION ALL SELECT position, entry FROM log WHERE replica = @replica AND position >= @from
      ORDER BY position`),

    draftsOfRoom: database.prepare('SELECT draft_id, draft FROM drafts WHERE room_id = ?'),
    putDraft: database.prepare('INSERT OR REPLACE INTO drafts (draft_id, room_id, draft) VALUES (?, ?, ?)'),
    deleteDraft: database.prepare('DELETE FROM drafts WHERE draft_id = ?'),
    deleteDraftsOfRoom: database.prepare('DELETE FROM drafts WHERE room_id = ?'),
  }
}

export type ReplicaStatements = ReturnType<typeof prepareReplicaStatements>
