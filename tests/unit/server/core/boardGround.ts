import type { StoredUpdate } from '../../../../src/server/storage/roomStore'
import type { RecordsOp } from '../../../../src/shared/ot/records'
import type { Head } from '../../../../src/shared/update'
import { openPage, PageGuest } from './pageGuest'
import { RoomGround, type GroundOptions } from './roomGround'

export const DAY = 24 * 3_600_000
export const NOTE = { put: { kind: 'note', props: { x: 1, y: 2 } } }

/** Nothing that is done by itself comes between. */
const RARELY = { firstUpkeepMs: 1_000 * DAY, heartbeatMs: 1_000 * DAY }

/** A board with two guests in a room whose server goes over its pages when a test says so. */
export class BoardGround {
  private constructor(
    readonly ground: RoomGround,
    readonly ada: PageGuest,
    readonly bob: PageGuest,
    readonly roomId: string,
    readonly pageId: string,
    readonly start: Head,
  ) {}

  static async create(limits: GroundOptions['limits'] = {}): Promise<BoardGround> {
    const { ground, ada, bob, roomId, pageId, start } = await openPage(
      { limits: { ...RARELY, ...limits } },
      'board',
    )
    return new BoardGround(ground, ada, bob, roomId, pageId, start)
  }

  /** Deletes the board in the page list. */
  async deletePage(): Promise<void> {
    const list = new PageGuest(this.ground, this.ada.peer, 'pages', 'deleter')
    const { head } = await list.open()
    await list.submit({ [this.pageId]: { deleted: true } }, head)
  }

  get head(): Head {
    return this.ada.headAfter(this.start)
  }

  async adaDoes(...ops: unknown[]): Promise<void> {
    for (const op of ops) await this.ada.submit(op, this.head)
  }

  /** Lets the server go over its pages. */
  async keepUp(): Promise<void> {
    let done = false
    const run = this.ground.server.keepUp().then(() => {
      done = true
    })
    for (let i = 0; i < 200 && !done; i++) await this.ground.pass(100)
    await run
  }

  async log(): Promise<StoredUpdate[]> {
    return this.ground.store.readUpdates(this.roomId, this.pageId, 0, Infinity, Infinity)
  }

  async stored(): Promise<RecordsOp> {
    const page = await this.ground.store.loadPage(this.roomId, this.pageId)
    return JSON.parse(page?.snapshot?.text ?? '{}') as RecordsOp
  }

  /** The same board on a server that was started anew, `ms` later, with both guests in it. */
  async restarted(ms: number): Promise<BoardGround> {
    await this.ground.server.stop()
    const ground = new RoomGround({ disk: this.ground.disk, limits: RARELY })
    ground.clock.advance(this.ground.clock.now() + ms - ground.clock.now())
    const guests: PageGuest[] = []
    for (const name of ['ada', 'bob']) {
      const peer = await ground.enter(name)
      await peer.join(this.roomId)
      guests.push(new PageGuest(ground, peer, this.pageId, `${name} later`))
    }
    const [ada, bob] = guests as [PageGuest, PageGuest]
    const { head } = await ada.open()
    await bob.open()
    return new BoardGround(ground, ada, bob, this.roomId, this.pageId, head)
  }

  /** Everybody leaves and the room is unloaded. */
  async empty(): Promise<void> {
    for (const { peer } of [this.ada, this.bob]) peer.vanish()
    for (let i = 0; i < 6; i++) await this.ground.pass(20_000)
  }
}
