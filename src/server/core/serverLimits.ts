import { DEFAULT_MESSAGE_COSTS, type MessageCosts } from './messageCosts'

/** Limits of the room server. Every one is an option: unit, default and reason stand beside it. */
export interface ServerLimits {
  /** Bytes of one frame. 4 MiB: eight times the largest honest frame, small enough that 100 of them fit in memory. */
  readonly maxFrameBytes: number
  /** UTF-16 units of an op's JSON text. 1 Mi: clients split at a quarter of it, transforming may add some. */
  readonly maxOpLength: number
  /** UTF-16 units of a page's serialised content. 32 Mi: three times the 10 MB that editors still handle well. */
  readonly maxPageLength: number
  /** Pages in a room that are not deleted. 1,000: a sidebar of more is no list for people. */
  readonly maxPages: number
  /**
   * Pages in a room, deleted ones included: they are kept with what they hold, so that they come back. 5,000: what people
   * delete in years, and a bound for what somebody can fill the disk with who makes and deletes them.
   */
  readonly maxKeptPages: number
  /** Sessions in a room. 1,000: what one process was measured to fan out to. */
  readonly maxSessionsPerRoom: number
  /**
   * Sessions in a room that may write. 100: what was measured to write at a time; who comes after them reads until there
   * is room.
   */
  readonly maxEditorsPerRoom: number
  /** Members of a room, banned ones included. 2,000: twice as many as are in it at a time. */
  readonly maxMembersPerRoom: number
  /**
   * Devices of one person in a room, links for further ones included. 20: phones, tablets and browsers of some years, and
   * too few to fill a room by bringing one after another.
   */
  readonly maxDevicesPerPerson: number
  /** Invites of a room. 500: a list that a person can still look through. */
  readonly maxInvitesPerRoom: number
  /** Devices that wait to be let into a room. 100: more than anybody answers at a door. */
  readonly maxWaitingPerRoom: number
  /** Roles on single pages of all members of a room together. 10,000: with all members still one frame to an owner. */
  readonly maxPageRolesPerRoom: number
  /** Rooms on a server. 10,000: what listing them still takes under a second. */
  readonly maxRooms: number
  /** Milliseconds from connecting to a valid login. 10 s: a phone on weak Wi-Fi needs 2. */
  readonly loginTimeoutMs: number
  /**
   * Milliseconds that a connection may be logged in and in no room, counted from its login or from leaving one. 30 s:
   * clients ask to join at once, and a large room on a slow disk is loaded in 10.
   */
  readonly joinTimeoutMs: number
  /**
   * The same for somebody at the door whom an owner has to let in. 1 hour: who comes before the lesson or the meeting is
   * still there when it begins, and a place at the door is not taken for good.
   */
  readonly waitTimeoutMs: number
  /** Milliseconds between heartbeats to a silent client. 3 s: three may be lost within the 10 s promised. */
  readonly heartbeatMs: number
  /** What a message costs of its connection's rate, in ordinary messages. What they are and why: `messageCosts.ts`. */
  readonly messageCosts: MessageCosts
  /** Messages of one session waiting behind a slow one. 1,000: a login with 500 pages opened at once. */
  readonly maxQueuedMessages: number
  /** UTF-16 units of those messages together. 16 Mi: four frames of the largest size. */
  readonly maxQueuedLength: number
  /** Pages one session receives at a time. 200: open tabs and orphaned replicas together. */
  readonly maxOpenPages: number
  /** UTF-16 units of a place's JSON text. 8,192: 64 positions, shapes' ids included. */
  readonly maxPlaceLength: number
  /** Bytes queued to a receiver above which it is not sent to until it has read. 1 MiB: 100 ms of a 100 Mbit/s link. */
  readonly maxBufferedBytes: number
  /**
   * Bytes queued to a client, of whatever kind, above which its connection is ended: it comes back and catches up. 8 MiB:
   * what changes around a full room while a phone changes its cell.
   */
  readonly maxUnreadBytes: number
  /** The same of all clients together; who has most queued is ended first. 256 MiB: what a small machine can spare. */
  readonly maxUnreadBytesInAll: number
  /** UTF-16 units of a piece of a snapshot, and of the updates in one frame. 256 Ki: others' edits fit between two. */
  readonly pieceLength: number
  /** Updates of a page kept in memory to transform over. 2,000: a minute of 30 people typing. */
  readonly keepRecent: number
  /** UTF-16 units of those updates' ops together. 16 Mi: twenty pages' large pastes fit into a small machine. */
  readonly maxRecentLength: number
  /**
   * Work of transforming one submission over what was committed since its base, in parts of text ops gone through; a
   * batch of a page ends once it has taken as much. 1,000,000: a tenth of a second in which nobody else is served, and
   * what 10,000 edits at as many places cost over 50 updates. Who is above it submits again on a newer head.
   */
  readonly maxTransformWork: number
  /** Updates between two stored snapshots. 1,000: replaying that many takes 20 ms. */
  readonly snapshotEvery: number
  /**
   * Milliseconds for which deleted shapes are kept, so that undo brings them back and what others did to them meanwhile.
   * 7 days: who was away for a week still finds them.
   */
  readonly keepDeletedMs: number
  /** The same where most of a large board is deleted. 1 hour: undo still takes an accident back, the disk gets its space. */
  readonly keepMostlyDeletedMs: number
  /** UTF-16 units deleted from which that holds. 1 Mi: below it there is no space worth having. */
  readonly minMostlyDeleted: number
  /** Deleted records from which it holds however much they are of the board. 10,000: a fifth of what a board may hold. */
  readonly maxDeletedRecords: number
  /**
   * Milliseconds for which updates are kept, at most `keepDeletedMs`. 7 days: who was offline for a week has edits merged
   * one by one and can hand history back; older ones are merged by difference.
   */
  readonly keepLogMs: number
  /** Bytes of updates kept for one page. 64 MiB: 200,000 keystrokes. */
  readonly maxLogLength: number
  /**
   * Heads of forgotten updates remembered for a page: they tell who was away for long from whose history a restored server
   * has lost. 1,000,000: 8 MB, and what 30 people who type at once on one page come to in 8 hours. Who stands before
   * them keeps a draft, as the server cannot tell.
   */
  readonly keepHeads: number
  /**
   * Milliseconds for which a picture is kept that no board names. 7 days: it is uploaded before the shape that names it,
   * which may come from somebody who is offline meanwhile.
   */
  readonly keepAssetsMs: number
  /** Milliseconds between two looks at a room's pictures. 1 day: every board of the room is read for it. */
  readonly collectAssetsEveryMs: number
  /**
   * Milliseconds from the start to the first round of upkeep. 1 minute: who opens a room comes first, but an app that
   * hosts for minutes a day has its turn.
   */
  readonly firstUpkeepMs: number
  /** Milliseconds between two rounds of upkeep over all pages. 10 minutes: a round that finds nothing takes milliseconds. */
  readonly upkeepEveryMs: number
  /** Records purged by one update. 2,000: see docs/decisions/board-model.md, Purging. */
  readonly purgeRecords: number
  /** Milliseconds between two such updates: screens draw meanwhile. */
  readonly purgePauseMs: number
  /**
   * UTF-16 units of history that all sessions have begun to hand back, 256 for each update beside its op. 128 Mi: two of
   * the longest returns there may be; the others are told to keep theirs as drafts.
   */
  readonly maxHandBackLengthInAll: number
  /** Milliseconds from the first piece of a return to its last. 2 minutes: the longest one over 10 Mbit/s takes one. */
  readonly handBackTimeoutMs: number
  /** Milliseconds a room or page stays loaded after the last one left. 30 s: people reload. */
  readonly unloadAfterMs: number
  /** Milliseconds of the join window for each receiver of a page: 0.01 is what sending one frame costs. */
  readonly joinWindowPerReceiverMs: number
  /**
   * Milliseconds between two frames with places of a page: what comes meanwhile is joined, of each person the latest
   * place counts. 8: half a screen frame.
   */
  readonly presenceTickMs: number
  /** Milliseconds more for each receiver. 0.1: with 1,000 people still eight times a second. */
  readonly presenceTickPerReceiverMs: number
  /** Bytes of the pictures of one room. 2 GiB: some hundred photographs, and a disk that others can still use. */
  readonly maxAssetBytesPerRoom: number
  /** Pictures of one room. 10,000: what listing them still takes some milliseconds. */
  readonly maxAssetsPerRoom: number
  /** Unfinished uploads of one device in a room. 4: a client uploads one after another, some windows at once. */
  readonly maxUploadsPerDevice: number
  /** Unfinished uploads in a room. 64: everybody in a large room at once. */
  readonly maxUploadsPerRoom: number
  /** Milliseconds after which an upload that nobody goes on with is dropped. 1 hour: a lunch break. */
  readonly uploadStaleMs: number
  /** Pictures a session is remembered to have asked for in vain. 500: a crowded board. */
  readonly maxSoughtAssets: number
  /** Longest join window in milliseconds: two screen frames. */
  readonly maxJoinWindowMs: number
}

export const DEFAULT_LIMITS: ServerLimits = {
  maxFrameBytes: 4 * 1024 * 1024,
  maxOpLength: 1024 * 1024,
  maxPageLength: 32 * 1024 * 1024,
  maxPages: 1_000,
  maxKeptPages: 5_000,
  maxSessionsPerRoom: 1_000,
  maxEditorsPerRoom: 100,
  maxMembersPerRoom: 2_000,
  maxDevicesPerPerson: 20,
  maxInvitesPerRoom: 500,
  maxWaitingPerRoom: 100,
  maxPageRolesPerRoom: 10_000,
  maxRooms: 10_000,
  loginTimeoutMs: 10_000,
  joinTimeoutMs: 30_000,
  waitTimeoutMs: 3_600_000,
  heartbeatMs: 3_000,
  messageCosts: DEFAULT_MESSAGE_COSTS,
  maxQueuedMessages: 1_000,
  maxQueuedLength: 16 * 1024 * 1024,
  maxOpenPages: 200,
  maxPlaceLength: 8_192,
  maxBufferedBytes: 1024 * 1024,
  maxUnreadBytes: 8 * 1024 * 1024,
  maxUnreadBytesInAll: 256 * 1024 * 1024,
  pieceLength: 256 * 1024,
  keepRecent: 2_000,
  maxRecentLength: 16 * 1024 * 1024,
  maxTransformWork: 1_000_000,
  snapshotEvery: 1_000,
  keepDeletedMs: 7 * 24 * 3_600_000,
  keepMostlyDeletedMs: 3_600_000,
  minMostlyDeleted: 1024 * 1024,
  maxDeletedRecords: 10_000,
  keepLogMs: 7 * 24 * 3_600_000,
  maxLogLength: 64 * 1024 * 1024,
  keepHeads: 1_000_000,
  keepAssetsMs: 7 * 24 * 3_600_000,
  collectAssetsEveryMs: 24 * 3_600_000,
  firstUpkeepMs: 60_000,
  upkeepEveryMs: 600_000,
  purgeRecords: 2_000,
  purgePauseMs: 100,
  maxHandBackLengthInAll: 128 * 1024 * 1024,
  handBackTimeoutMs: 120_000,
  unloadAfterMs: 30_000,
  joinWindowPerReceiverMs: 0.01,
  maxJoinWindowMs: 33,
  presenceTickMs: 8,
  presenceTickPerReceiverMs: 0.1,
  maxAssetBytesPerRoom: 2 * 1024 * 1024 * 1024,
  maxAssetsPerRoom: 10_000,
  maxUploadsPerDevice: 4,
  maxUploadsPerRoom: 64,
  uploadStaleMs: 60 * 60 * 1_000,
  maxSoughtAssets: 500,
}
