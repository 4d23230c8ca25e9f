import type { DatabaseKind } from './sqlite/openDatabase'

/**
 * Version 1. Rooms and pages have integer ids inside, so that a log row does not repeat 64 characters of ids and
 * a key's rows lie together. Ops are JSON text, as they are hashed and sent.
 */
const CREATE = `
CREATE TABLE rooms (
  id INTEGER PRIMARY KEY,
  room_id TEXT NOT NULL UNIQUE,
  public_key TEXT NOT NULL,
  private_key TEXT NOT NULL,
  title TEXT NOT NULL,
  owner TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  open INTEGER NOT NULL
) STRICT;

CREATE TABLE pages (
  id INTEGER PRIMARY KEY,
  room INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  page_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  head_version INTEGER NOT NULL,
  head_hash TEXT NOT NULL,
  head_signature TEXT NOT NULL,
  -- The log holds updates above log_start; its hash is null at version 0.
  log_start INTEGER NOT NULL DEFAULT 0,
  log_start_hash TEXT,
  UNIQUE (room, page_id)
) STRICT;

CREATE TABLE updates (
  page INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  -- The update as a JSON object: clientId, after, seq, author, time, op.
  body TEXT NOT NULL,
  PRIMARY KEY (page, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshots (
  page INTEGER PRIMARY KEY REFERENCES pages (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE client_stands (
  page INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
  client_id TEXT NOT NULL,
  author TEXT NOT NULL,
  seq INTEGER NOT NULL,
  version INTEGER NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (page, client_id)
) STRICT, WITHOUT ROWID;
`

/** Version 2: what a snapshot holds deleted, and since when. */
const DELETIONS = `
-- JSON: record id -> milliseconds since 1970.
ALTER TABLE snapshots ADD COLUMN deletions TEXT;
ALTER TABLE snapshots ADD COLUMN oldest_deletion INTEGER;
ALTER TABLE snapshots ADD COLUMN mostly_deleted INTEGER NOT NULL DEFAULT 0;
`

/**
 * Version 3: pictures, by content. One without a device is stored; the others are being uploaded by that device. Pieces
 * are rows, so that none of it is ever in memory as a whole.
 */
const ADD_ASSETS = `
CREATE TABLE assets (
  id INTEGER PRIMARY KEY,
  room INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  -- SHA-256 of the bytes, in hex.
  asset_id TEXT NOT NULL,
  device_id TEXT NOT NULL,
  size INTEGER NOT NULL,
  time INTEGER NOT NULL,
  -- How many of its pieces are there.
  pieces INTEGER NOT NULL,
  UNIQUE (room, asset_id, device_id)
) STRICT;

CREATE TABLE asset_pieces (
  asset INTEGER NOT NULL REFERENCES assets (id) ON DELETE CASCADE,
  piece INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (asset, piece)
) STRICT;
`

/** Version 4: who may enter. Who made a room owns it. */
const ADD_ACCESS = `
-- JSON; null: the server's own counts.
ALTER TABLE rooms ADD COLUMN policy TEXT;

CREATE TABLE members (
  room INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  device_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  name TEXT NOT NULL,
  colour INTEGER NOT NULL,
  role TEXT NOT NULL,
  -- JSON: page id -> role.
  page_roles TEXT NOT NULL,
  banned INTEGER NOT NULL,
  standing TEXT NOT NULL,
  last_seen INTEGER NOT NULL,
  PRIMARY KEY (room, device_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE invites (
  room INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  invite_id TEXT NOT NULL,
  role TEXT NOT NULL,
  expires_at INTEGER,
  max_uses INTEGER,
  uses INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  own_device INTEGER NOT NULL,
  maker TEXT,
  PRIMARY KEY (room, invite_id)
) STRICT, WITHOUT ROWID;

INSERT INTO members
  SELECT id, owner, owner, 'Owner', 0, 'owner', '{}', 0, 'decided', created_at FROM rooms;
`

/** Version 5: a room that is being filled from a file is not there for anybody yet. */
const ADD_IMPORTING = `
ALTER TABLE rooms ADD COLUMN importing INTEGER NOT NULL DEFAULT 0;
`

/** Version 6: the heads of updates that are forgotten. Where some were forgotten before, nothing is known of them. */
const ADD_FORGOTTEN_HEADS = `
CREATE TABLE forgotten_heads (
  page INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
  first INTEGER NOT NULL,
  -- The first 8 bytes of the hash at each version from first on.
  marks BLOB NOT NULL,
  PRIMARY KEY (page, first)
) STRICT;
`

/** `rooms.sqlite`: what was acknowledged survives a power cut. */
export const ROOM_DATABASE: DatabaseKind = {
  applicationId: 0x494e4b52,
  migrations: [CREATE, DELETIONS, ADD_ASSETS, ADD_ACCESS, ADD_IMPORTING, ADD_FORGOTTEN_HEADS],
  synchronous: 'FULL',
}
