import type { Activity } from './activity'
import { BoardActivity } from './boardActivity'
import type { SeededRandom } from './seededRandom'
import { TextActivity } from './textActivity'
import { World } from './world'

/**
 * What runs are made of: a page of a kind; a text while its owner changes who may write; or either while backups of a
 * server that forgets updates are restored, and people are away for long.
 */
export const SIMULATED_KINDS = ['text', 'board', 'roles', 'restores'] as const
export type SimulatedKind = (typeof SIMULATED_KINDS)[number]

const ACTIVITIES: Readonly<Record<SimulatedKind, (random: SeededRandom, seed: number) => Activity>> = {
  // Every third also deletes: then losses cannot be told from deletions.
  text: (random, seed) => new TextActivity(random, seed % 3 === 0),
  board: (random) => new BoardActivity(random),
  roles: (random) => new TextActivity(random, false),
  restores: (random, seed) => (seed % 2 === 0 ? new TextActivity(random, false) : new BoardActivity(random)),
}

/** What a run did, so that a test can tell that runs do something. */
export interface RunReport {
  readonly seed: number
  readonly edits: number
  readonly drafts: number
  /** What clients that are not ours tried in vain. */
  readonly refusals: number
  readonly actions: Readonly<Record<string, number>>
}

type Action = readonly [name: string, weight: number, run: (world: World) => void | Promise<void>]

const ACTIONS: readonly Action[] = [
  ['deliver', 60, (world) => world.deliverOne()],
  [
    'deliverMany',
    8,
    async (world) => {
      for (let i = 0; i < 12; i++) {
        world.deliverOne()
        await world.settle()
      }
    },
  ],
  ['edit', 25, (world) => withWindow(world, (window) => world.activity.act(window))],
  ['editPageList', 4, (world) => withWindow(world, (window) => world.editPageList(window))],
  ['advance', 14, (world) => world.clock.advance(world.random.pick([1, 5, 16, 40, 200, 900, 3_500]) ?? 1)],
  ['releaseWrite', 12, (world) => world.random.pick(world.alive)?.gate.release()],
  ['releaseServerWrite', 10, (world) => world.server?.gate.release()],
  [
    'cut',
    2,
    (world) => {
      const wire = world.random.pick(world.network.wires)
      wire?.endClient(1006)
      wire?.endServer()
    },
  ],
  ['cutAtClient', 2, (world) => world.random.pick(world.network.wires)?.endClient(1006)],
  ['cutAtServer', 1, (world) => world.random.pick(world.network.wires)?.endServer()],
  ['killWindow', 2, (world) => world.random.pick(world.alive)?.kill()],
  [
    'openWindow',
    3,
    (world) => {
      const device = world.random.pick(world.devices)
      if (device !== undefined && world.alive.length < world.devices.length + 2) world.openWindow(device)
    },
  ],
  ['leavePage', 3, (world) => world.leavePage()],
  ['enterPage', 6, (world) => world.random.pick(world.alive)?.enterPage()],
  [
    'compose',
    2,
    (world) => {
      const window = world.random.pick(world.alive.filter(({ ready }) => ready))
      if (window !== undefined) world.toggleHold(window)
    },
  ],
  ['killServer', 1, (world) => world.killServer()],
  ['startServer', 3, (world) => world.startServer()],
  [
    'failAppend',
    1,
    (world) => {
      if (world.server !== undefined) world.server.failNextAppend = true
    },
  ],
  [
    'backupServer',
    1,
    (world) => {
      world.backup = world.disk.image
    },
  ],
  [
    'restoreServer',
    1,
    (world) => {
      if (world.backup === undefined) return
      world.killServer()
      world.disk.image = world.backup
      world.startServer()
      world.forgetWhatNobodyHolds()
    },
  ],
  [
    'backupProfile',
    1,
    (world) => {
      const device = world.random.pick(world.devices)
      if (device !== undefined) device.backup = device.disk.image
    },
  ],
  [
    'restoreProfile',
    1,
    (world) => {
      const device = world.random.pick(world.devices.filter(({ backup }) => backup !== undefined))
      if (device?.backup === undefined) return
      for (const window of world.alive) if (window.device === device) window.kill()
      device.disk.restore(device.backup)
      world.forgetWhatNobodyHolds()
    },
  ],
]

/** What else happens around boards. Not around texts, so that their seeds go on making the runs that they made. */
const BOARD_ACTIONS: readonly Action[] = [
  ...ACTIONS,
  ['fillDisk', 1, (world) => world.random.pick(world.alive)?.gate.setFull(true)],
  ['emptyDisk', 3, (world) => world.random.pick(world.alive)?.gate.setFull(false)],
  ['flipKind', 1, (world) => world.flipKind()],
  ['purgeShape', 1, (world) => world.purgeShape()],
]

/**
 * Words of somebody who may not write any more become a draft. The screens keep people from trying who know that they may
 * not; who has not heard of it yet tries.
 */
const ROLE_ACTIONS: readonly Action[] = [
  ...ACTIONS.map((action): Action => {
    const [name, weight] = action
    const act = (world: World): void =>
      withWindow(world, (window) => {
        if (world.mayWrite(window)) world.activity.act(window)
      })
    return name === 'edit' ? [name, weight, act] : action
  }),
  ['changeRole', 6, (world) => world.changeRole()],
]

/** A backup is restored overnight: in the morning people come one by one, who knows less perhaps before who knows more. */
const RESTORE_ACTIONS: readonly Action[] = [
  ...ACTIONS.map((action): Action => {
    const [name, weight, restore] = action
    if (name !== 'restoreServer') return action
    const overnight = async (world: World): Promise<void> => {
      for (const { name: owner } of world.alive) world.network.sendAway(owner)
      await restore(world)
    }
    return [name, weight, overnight]
  }),
  ['goAway', 3, (world) => withAlive(world, ({ name }) => world.network.sendAway(name))],
  ['comeBack', 4, (world) => world.comeBack()],
  ['wait', 4, (world) => world.clock.advance(2_500)],
]

const ACTIONS_OF: Readonly<Record<SimulatedKind, readonly Action[]>> = {
  text: ACTIONS,
  board: BOARD_ACTIONS,
  roles: ROLE_ACTIONS,
  restores: RESTORE_ACTIONS,
}

/**
 * One random run: people edit while frames, processes, disks and backups fail, then everything heals. Throws unless
 * afterwards every screen and the server are equal, nothing stands twice, and whatever a cache had is there or in a
 * draft.
 */
export async function runSimulation(
  seed: number,
  steps: number,
  kind: SimulatedKind = 'text',
): Promise<RunReport> {
  const world = await World.create({
    seed,
    devices: 2 + (seed % 2),
    owned: kind === 'roles',
    forgets: kind === 'restores',
    activity: (random) => ACTIVITIES[kind](random, seed),
    slowWrites: seed % 5 === 0 ? 0 : 0.3,
  })
  const counts: Record<string, number> = {}
  try {
    for (let step = 0; step < steps; step++) {
      const [name, , run] = pickAction(world.random, ACTIONS_OF[kind])
      counts[name] = (counts[name] ?? 0) + 1
      world.note(name)
      await run(world)
      await world.settle()
    }
    world.note('heal')
    await world.heal()
    await check(world)
  } catch (error) {
    throw new Error(
      `${kind}, seed ${seed}, ${steps} steps: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\nlast actions: ${world.log.slice(-40).join(' ')}`,
      { cause: error },
    )
  }
  return {
    seed,
    edits: world.activity.marks.all.size,
    drafts: draftsOf(world).length,
    refusals: world.refusals,
    actions: counts,
  }
}

function pickAction(random: SeededRandom, actions: readonly Action[]): Action {
  let at = random.below(actions.reduce((sum, [, weight]) => sum + weight, 0))
  for (const action of actions) {
    at -= action[1]
    if (at < 0) return action
  }
  return ACTIONS[0] as Action
}

function withWindow(world: World, run: (window: World['windows'][number]) => void): void {
  const window = world.random.pick(world.alive.filter(({ ready }) => ready))
  if (window !== undefined) run(window)
}

function withAlive(world: World, run: (window: World['windows'][number]) => void): void {
  const window = world.random.pick(world.alive)
  if (window !== undefined) run(window)
}

function draftsOf(world: World): string[] {
  return world.devices.flatMap(({ disk }) => [...disk.image.drafts.values()])
}

async function check(world: World): Promise<void> {
  const errors = [...world.windows.flatMap((window) => window.errors), ...(world.server?.errors ?? [])]
  const unexpected = errors.filter((error) => !isExpected(error))
  if (world.intrusions.length > 0) throw new Error(`taken from an intruder: ${show(world.intrusions)}`)
  if (unexpected.length > 0) throw new Error(`errors were reported: ${unexpected.map(show).join('; ')}`)
  const pages = world.alive.map(({ name, page }) => ({ name, text: page.type.serialise(page.content) }))
  const lists = world.alive.map(({ name, client }) => ({
    name,
    text: client.pageList.type.serialise(client.pageList.content),
  }))
  for (const side of [pages, lists]) {
    const other = side.find(({ text }) => text !== side[0]?.text)
    if (other !== undefined)
      throw new Error(
        `${side[0]?.name} and ${other.name} differ:\n${shown(side[0]?.text ?? '')}\n${shown(other.text)}\n${world.describe()}`,
      )
  }
  await world.activity.check(world, draftsOf(world))
}

/** Text with its private marks as numbers. */
function shown(text: string): string {
  return text.replace(/[\uE000-\uF8FF]/g, (mark) => ` ${(mark.charCodeAt(0) - 0xe000).toString()}`)
}

function isExpected(error: unknown): boolean {
  return /simulated disk is full|this process was killed/.test(show(error))
}

function show(error: unknown): string {
  if (error instanceof Error) return error.stack ?? error.message
  if (typeof error === 'object' && error !== null && 'err' in error) return show(error.err)
  return JSON.stringify(error)
}
