import type { DatabaseKind } from '../../server/storage/sqlite/openDatabase'

/**
 * Version 1. A replica's journal is `steps` and those rows of `log` whose position is not below the checkpoint's:
 * positions count the entries of both together. Older rows of `log` are history kept for handing back.
 */
const CREATE = `
CREATE TABLE rooms (
  room_id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  link TEXT NOT NULL,
  hosted INTEGER NOT NULL,
  last_used INTEGER NOT NULL
) STRICT;

CREATE TABLE replicas (
  id INTEGER PRIMARY KEY,
  replica_id TEXT NOT NULL UNIQUE,
  room_id TEXT NOT NULL,
  page_id TEXT NOT NULL,
  -- JSON: clients with edits no server has, each with its newest seq.
  unsent TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE INDEX replicas_of_room ON replicas (room_id);

CREATE TABLE checkpoints (
  replica INTEGER PRIMARY KEY REFERENCES replicas (id) ON DELETE CASCADE,
  -- Position of the first journal entry after it.
  position INTEGER NOT NULL,
  -- JSON: all of the checkpoint but its snapshot.
  head TEXT NOT NULL,
  snapshot TEXT NOT NULL
) STRICT;

CREATE TABLE steps (
  replica INTEGER NOT NULL REFERENCES replicas (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  -- JSON: a journal entry of any kind but 'updates'.
  entry TEXT NOT NULL,
  PRIMARY KEY (replica, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE log (
  replica INTEGER NOT NULL REFERENCES replicas (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  to_version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  -- JSON: an 'updates' entry.
  entry TEXT NOT NULL,
  PRIMARY KEY (replica, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
  draft_id TEXT PRIMARY KEY,
  room_id TEXT NOT NULL,
  draft TEXT NOT NULL
) STRICT;
CREATE INDEX drafts_of_room ON drafts (room_id);
`

/**
 * Version 2: pictures, once each, and which rooms have them. Their bytes have a table of their own, so that going
 * through all pictures reads little.
 */
const ADD_ASSETS = `
CREATE TABLE assets (
  id INTEGER PRIMARY KEY,
  -- SHA-256 of the bytes, in hex.
  asset_id TEXT NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) STRICT;

CREATE TABLE asset_bytes (
  asset INTEGER PRIMARY KEY REFERENCES assets (id) ON DELETE CASCADE,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE room_assets (
  room_id TEXT NOT NULL,
  asset INTEGER NOT NULL REFERENCES assets (id) ON DELETE CASCADE,
  -- 1 while no server of the room is known to have it.
  unsent INTEGER NOT NULL,
  PRIMARY KEY (room_id, asset)
) STRICT, WITHOUT ROWID;
CREATE INDEX rooms_of_asset ON room_assets (asset);
`

/**
 * `replicas.sqlite`. Written with each keystroke, so without an fsync each time: SQLite hands every commit to the
 * operating system before it returns, which a kill of the process cannot take back. Only a power cut may lose the
 * newest commits, never the order or the agreement between them, and what was acknowledged is on the server then.
 */
export const REPLICA_DATABASE: DatabaseKind = {
  applicationId: 0x494e4b43,
  migrations: [CREATE, ADD_ASSETS],
  synchronous: 'NORMAL',
}
