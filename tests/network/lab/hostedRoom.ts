import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { Machine } from './lab'
import { programOf } from './programs'

const lineSchema = z.object({
  port: z.number().int(),
  room: z.object({ id: z.string(), link: z.string(), links: z.array(z.string()) }),
})

/** A room server that listens on a machine of a lab. */
export interface HostedRoom {
  readonly port: number
  readonly roomId: string
  /** Links to the room, the best first. */
  readonly links: readonly string[]
  /** Ends it as its owner does. */
  stop(): Promise<void>
  /** Ends it as a power cut does. */
  kill(): Promise<void>
}

/** Runs `serve` with a room, announced in the network. */
export async function hostRoom(
  machine: Machine,
  title: string,
  dataFolder: string,
  args: readonly string[] = ['--discoverable'],
): Promise<HostedRoom> {
  const child = machine.spawn(process.execPath, [
    ...[programOf('server'), 'serve', '--no-client', '--strangers', 'admit', '--log-level', 'warn'],
    ...['--data', dataFolder, '--port', '4657', '--room', title, ...args],
  ])
  const { port, room } = lineSchema.parse(JSON.parse(await firstLine(child)))
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const closed = new Promise((resolve) => child.once('close', resolve))
    child.kill(signal)
    await closed
  }
  return {
    port,
    roomId: room.id,
    links: room.links,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) return reject(new Error('the program has no output'))
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('close', (code) => reject(new Error(`serve ended with ${code} before it listened`)))
  })
}
