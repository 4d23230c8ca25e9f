import { createId, createKeyPair, idOfPublicKey, sign, verify } from '../../shared/identity/keys'
import { InOrder } from '../../shared/inOrder'
import { InkroomError } from '../../shared/protocol/errors'
import { sha256Hex } from '../../shared/update'
import { joseTokens } from '../access/inviteTokens'
import { firstOwner, put } from '../access/ownerActions'
import { Committer } from '../authority/committer'
import type { StoredRoom } from '../storage/roomStore'
import type { AccessChange } from '../storage/storedAccess'
import type { Environment } from './environment'
import { HandBackBudget } from './handBackBudget'
import type { Login } from './login'
import { Room } from './room'
import type { Profile, RoomServer } from './roomServer'
import { DEFAULT_LIMITS, type ServerLimits } from './serverLimits'
import { Session, type SessionHost } from './session'
import { turn } from './upkeep/trimLog'
import { Upkeep } from './upkeep/upkeep'

export type RoomServerOptions = Pick<
  Environment,
  'store' | 'clock' | 'randomBytes' | 'logger' | 'roomCreation' | 'defer' | 'defaultPolicy' | 'place'
> &
  Partial<Pick<Environment, 'hash' | 'sign' | 'verify' | 'tokens' | 'onRoomsChanged'>> & {
    readonly limits?: Partial<ServerLimits>
  }

/** A room server over a store, without a transport. */
export function createRoomServer(options: RoomServerOptions): RoomServer {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  return new Server({
    hash: sha256Hex,
    sign,
    verify,
    tokens: joseTokens,
    createId: () => createId(options.randomBytes),
    assetChecks: new InOrder(),
    ...options,
    limits,
    handBackBudget: new HandBackBudget(limits.maxHandBackLengthInAll),
  })
}

class Server implements RoomServer, SessionHost {
  readonly #sessions = new Set<Session>()
  readonly #rooms = new Map<string, Promise<Room>>()
  readonly #committer: Committer
  #stopping = false
  /** Set while the machine is going to sleep or asleep. */
  #cancelWake: (() => void) | undefined
  #cancelBeat: () => void = () => undefined
  #cancelTidy: () => void = () => undefined
  readonly #upkeep: Upkeep
  /** Since when a loaded room is empty. */
  readonly #emptySince = new Map<string, number>()

  constructor(readonly environment: Environment) {
    const { store, clock, defer, logger } = environment
    this.#committer = new Committer({
      store,
      clock,
      defer,
      onError: (error) => logger.error({ err: error }, 'a batch could not be stored'),
    })
    this.#upkeep = new Upkeep(this, environment)
    this.#beat()
    this.#tidyLater()
  }

  accept(...[socket, arrival]: Parameters<RoomServer['accept']>): ReturnType<RoomServer['accept']> {
    const session = new Session(this, socket, arrival)
    this.#sessions.add(session)
    if (this.#stopping) session.fail(new InkroomError('server-stopping', 'the server is stopping'))
    else if (this.#cancelWake !== undefined) session.fail(asleep())
    return {
      received: (frame) => session.received(frame),
      closed: () => session.closed(),
      get isLoggedIn() {
        return session.login !== undefined
      },
    }
  }

  endOlder(session: Session, { windowId, deviceId }: Login): void {
    for (const other of [...this.#sessions]) {
      if (other !== session && other.login?.deviceId === deviceId && other.login.windowId === windowId) {
        other.fail(new InkroomError('replaced', 'this window has connected again'))
      }
    }
  }

  /** The room if it is loaded, or being loaded. */
  async loadedRoom(roomId: string): Promise<Room | undefined> {
    return this.#rooms.get(roomId)
  }

  async unloadIfEmpty(roomId: string): Promise<void> {
    const room = await this.#rooms.get(roomId)
    if (room === undefined || room.size > 0) return
    this.#emptySince.set(roomId, this.environment.clock.now())
    // Whoever has just been given the room is in it a turn later; whoever asks for it meanwhile takes the mark away.
    await turn(this.environment.defer)
    if (this.#emptySince.has(roomId) && room.size === 0 && !room.busy) await this.#unload(roomId, room)
  }

  keepUp(): Promise<void> {
    return this.#upkeep.run()
  }

  async room(roomId: string): Promise<Room> {
    if (this.#stopping) throw new InkroomError('server-stopping', 'the server is stopping')
    this.#emptySince.delete(roomId)
    const loaded = this.#rooms.get(roomId)
    if (loaded !== undefined) return loaded
    const loading = this.#loadRoom(roomId)
    this.#rooms.set(roomId, loading)
    loading.catch(() => this.#rooms.delete(roomId))
    return loading
  }

  async createRoomFor(
    { deviceId, name, colour }: Login,
    title: string,
    token: string | undefined,
  ): Promise<string> {
    const { roomCreation } = this.environment
    const allowed =
      roomCreation.mode === 'anyone' || (roomCreation.mode === 'token' && token === roomCreation.token)
    if (!allowed)
      throw new InkroomError('room-creation-refused', `this server creates rooms for: ${roomCreation.mode}`)
    return (await this.createRoom(title, deviceId, { name, colour })).roomId
  }

  async createRoom(title: string, owner?: string, profile?: Profile): Promise<StoredRoom> {
    const room = await this.#newRoom(title, owner)
    await this.environment.store.createRoom(room, this.#firstAccess(owner, profile))
    this.environment.onRoomsChanged?.()
    return room
  }

  async importRoom(
    title: string,
    owner: string,
    fill: (room: StoredRoom) => Promise<void>,
  ): Promise<StoredRoom> {
    const { store, onRoomsChanged } = this.environment
    // Nobody is to come in before its owner opens it.
    const room = { ...(await this.#newRoom(title, owner)), open: false }
    await store.beginImport(room, this.#firstAccess(owner))
    try {
      await fill(room)
      await store.finishImport(room.roomId)
    } catch (error) {
      // Where even that fails, the store forgets it when it is opened again.
      await store.deleteRoom(room.roomId).catch(() => undefined)
      throw error
    }
    onRoomsChanged?.()
    return room
  }

  holdUpkeep(roomId: string): Promise<() => void> {
    return this.#upkeep.hold(roomId)
  }

  #firstAccess(owner: string | undefined, profile?: Profile): AccessChange[] {
    return owner === undefined ? [] : [put(firstOwner(owner, profile, this.environment.clock.now()))]
  }

  /** A room with a new key, not stored yet. */
  async #newRoom(title: string, owner: string | undefined): Promise<StoredRoom> {
    const { store, clock, randomBytes, limits } = this.environment
    if ((await store.listRooms()).length >= limits.maxRooms) {
      throw new InkroomError('too-many-rooms', `this server has ${limits.maxRooms} rooms, which is its limit`)
    }
    const { publicKey, privateKey } = createKeyPair(randomBytes)
    const room = {
      roomId: idOfPublicKey(publicKey),
      publicKey,
      privateKey,
      title,
      // An id that no device has, where there is no owner.
      owner: owner ?? this.environment.createId(),
      createdAt: clock.now(),
      open: true,
    }
    return room
  }

  async inviteTo(roomId: string, wish: Parameters<RoomServer['inviteTo']>[1]): Promise<string> {
    return (await this.room(roomId)).access.serverInvite(wish)
  }

  async reopenRoom(roomId: string): Promise<void> {
    if ((await this.environment.store.loadRoom(roomId)) === undefined) throw unknownRoom()
    await this.environment.store.setRoomOpen(roomId, true)
    this.environment.onRoomsChanged?.()
  }

  async closeRoom(roomId: string): Promise<void> {
    await this.environment.store.setRoomOpen(roomId, false)
    this.environment.onRoomsChanged?.()
    const loading = this.#rooms.get(roomId)
    if (loading === undefined) return
    this.#rooms.delete(roomId)
    const room = await loading
    room.dismiss()
    await this.#committer.flush()
    await room.unload()
  }

  async listRooms(): ReturnType<RoomServer['listRooms']> {
    const rooms = await this.environment.store.listRooms()
    return Promise.all(
      rooms.map(async (room) => {
        const people = (await this.#rooms.get(room.roomId))?.sessions.people ?? []
        const owner = people.find(({ deviceId }) => deviceId === room.owner)?.personId ?? room.owner
        const guests = new Set(people.map(({ personId }) => personId).filter((id) => id !== owner))
        return { room, open: room.open, sessions: people.length, guests: guests.size }
      }),
    )
  }

  forget(session: Session): void {
    this.#sessions.delete(session)
  }

  sleep(ms: number): void {
    this.#cancelWake?.()
    this.#cancelWake = this.environment.clock.after(ms, () => this.wake())
    for (const session of [...this.#sessions]) session.fail(asleep())
  }

  wake(): void {
    this.#cancelWake?.()
    this.#cancelWake = undefined
  }

  async stop(): Promise<void> {
    this.#stopping = true
    this.wake()
    this.#cancelBeat()
    this.#cancelTidy()
    this.#upkeep.stop()
    await this.#committer.flush()
    for (const session of [...this.#sessions])
      session.fail(new InkroomError('server-stopping', 'the server is stopping'))
    for (const [roomId, loading] of [...this.#rooms]) {
      // One that could not be loaded was told to who asked for it.
      const room = await loading.catch(() => undefined)
      if (room !== undefined) await this.#unload(roomId, room)
    }
    await this.environment.store.close()
  }

  async #loadRoom(roomId: string): Promise<Room> {
    const record = await this.environment.store.loadRoom(roomId)
    if (record === undefined) throw unknownRoom()
    if (!record.open) throw new InkroomError('room-closed', 'the owner has closed this room')
    return Room.load(record, this.environment, this.#committer)
  }

  async #unload(roomId: string, room: Room): Promise<void> {
    this.#rooms.delete(roomId)
    this.#emptySince.delete(roomId)
    await room.unload()
  }

  #beat(): void {
    const { clock, limits } = this.environment
    this.#cancelBeat = clock.after(limits.heartbeatMs / 3, () => {
      for (const session of this.#sessions) session.beat(clock.now())
      this.#boundUnread()
      this.#beat()
    })
  }

  /** Ends the connections that have most waiting, until it is not too much in all. */
  #boundUnread(): void {
    const { maxUnreadBytesInAll } = this.environment.limits
    const waiting = [...this.#sessions].map((session) => ({ session, bytes: session.unreadBytes }))
    let sum = waiting.reduce((all, { bytes }) => all + bytes, 0)
    if (sum <= maxUnreadBytesInAll) return
    for (const { session, bytes } of waiting.sort((a, b) => b.bytes - a.bytes)) {
      if (sum <= maxUnreadBytesInAll) return
      session.endUnread()
      sum -= bytes
    }
  }

  #tidyLater(): void {
    const { clock, limits, logger } = this.environment
    this.#cancelTidy = clock.after(limits.unloadAfterMs / 2, () => {
      this.#tidy()
        .catch((error: unknown) => logger.error({ err: error }, 'unloading rooms failed'))
        .finally(() => {
          if (!this.#stopping) this.#tidyLater()
        })
    })
  }

  async #tidy(): Promise<void> {
    const { clock, limits } = this.environment
    for (const [roomId, loading] of [...this.#rooms]) {
      const room = await loading
      if (room.size > 0) {
        await room.tidy(limits.snapshotEvery)
        continue
      }
      const since = this.#emptySince.get(roomId)
      if (since === undefined) this.#emptySince.set(roomId, clock.now())
      else if (clock.now() - since >= limits.unloadAfterMs && !room.busy) await this.#unload(roomId, room)
    }
  }
}

function asleep(): InkroomError {
  return new InkroomError('host-asleep', 'the host goes to sleep')
}

function unknownRoom(): InkroomError {
  return new InkroomError('room-unknown', 'there is no such room here')
}
