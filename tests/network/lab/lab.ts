import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** `ip` is where not everybody looks for programs. */
const ENVIRONMENT = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` }

/** Longest name the kernel takes for a network card. */
const MAX_CARD_NAME = 15

let lastLab = 0

/** A network card of a machine of a lab. */
export interface CardPlan {
  readonly name: string
  /** The network it is plugged into. */
  readonly network: string
  /** Such as `10.77.0.2/24`; private addresses, and only inside the lab. */
  readonly addresses: readonly string[]
}

/**
 * Machines and networks made of network namespaces of the kernel: cards, cables and switches behave as real ones do, and
 * nothing in there can reach anything outside. Needs root. Names are this lab's own, so that labs of several runs do not
 * meet.
 */
export class Lab {
  readonly #prefix = `ink${process.pid}-${++lastLab}`
  readonly #namespaces = new Set<string>()
  readonly #programs = new Set<ChildProcess>()
  #cables = 0

  /** An empty lab. Throws where this machine cannot have one. */
  static async create(): Promise<Lab> {
    if (process.getuid?.() !== 0)
      throw new Error(
        'the network tests make network namespaces: run them as root (in a container, for example)',
      )
    const lab = new Lab()
    await lab.#addNamespace(lab.#switches)
    return lab
  }

  get #switches(): string {
    return `${this.#prefix}-switches`
  }

  /** A switch. */
  async addNetwork(name: string): Promise<void> {
    await ip('-n', this.#switches, 'link', 'add', name, 'type', 'bridge')
    await ip('-n', this.#switches, 'link', 'set', name, 'up')
  }

  /** A machine with cards plugged into networks. */
  async addMachine(name: string, cards: readonly CardPlan[]): Promise<Machine> {
    const namespace = `${this.#prefix}-${name}`
    await this.#addNamespace(namespace)
    await ip('-n', namespace, 'link', 'set', 'lo', 'up')
    const ports = new Map<string, string>()
    for (const card of cards) ports.set(card.name, await this.#plug(namespace, card))
    return new Machine(namespace, this.#switches, ports, (child) => this.#own(child))
  }

  /** Ends what runs in it and takes it down. */
  async dispose(): Promise<void> {
    for (const child of this.#programs) child.kill('SIGKILL')
    await Promise.all([...this.#programs].map(ended))
    for (const namespace of this.#namespaces) await ip('netns', 'delete', namespace)
    this.#namespaces.clear()
  }

  async #plug(namespace: string, { name, network, addresses }: CardPlan): Promise<string> {
    const port = `port${++this.#cables}`
    if (name.length > MAX_CARD_NAME) throw new Error(`the name of the card ${name} is too long`)
    await ip(
      'link',
      'add',
      name,
      'netns',
      namespace,
      'type',
      'veth',
      'peer',
      'name',
      port,
      'netns',
      this.#switches,
    )
    await ip('-n', this.#switches, 'link', 'set', port, 'master', network, 'up')
    for (const address of addresses) {
      // Else it may be used only after a second in which nobody else claimed it.
      const nodad = address.includes(':') ? ['nodad'] : []
      await ip('-n', namespace, 'address', 'add', address, 'dev', name, ...nodad)
    }
    await ip('-n', namespace, 'link', 'set', name, 'up')
    return port
  }

  async #addNamespace(name: string): Promise<void> {
    await ip('netns', 'add', name)
    this.#namespaces.add(name)
  }

  #own(child: ChildProcess): void {
    this.#programs.add(child)
    child.once('close', () => this.#programs.delete(child))
  }
}

/** A machine of a lab. */
export class Machine {
  constructor(
    readonly namespace: string,
    private readonly switches: string,
    private readonly ports: ReadonlyMap<string, string>,
    private readonly own: (child: ChildProcess) => void,
  ) {}

  /** Starts a program on it, which ends with the lab at the latest. */
  spawn(
    program: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): ChildProcess {
    const child = spawn('ip', ['netns', 'exec', this.namespace, program, ...args], {
      env: { ...ENVIRONMENT, ...environment },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.own(child)
    return child
  }

  /** `ip` on this machine, such as `route add unreachable 10.9.0.0/16`. */
  async ip(...args: readonly string[]): Promise<void> {
    await ip('-n', this.namespace, ...args)
  }

  /** Takes IPv6 away from it altogether. */
  async disableIPv6(): Promise<void> {
    const write = 'echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6'
    await ip('netns', 'exec', this.namespace, 'sh', '-c', write)
  }

  /** Pulls a card's cable or plugs it in again. The card itself goes on believing in its addresses. */
  async setCable(card: string, plugged: boolean): Promise<void> {
    await ip('-n', this.switches, 'link', 'set', this.#portOf(card), plugged ? 'up' : 'down')
  }

  /** Whether the switch passes multicast on to a card, as access points in hotels and schools do not. */
  async setMulticast(card: string, on: boolean): Promise<void> {
    const flood = ['type', 'bridge_slave', 'mcast_flood', on ? 'on' : 'off']
    await ip('-n', this.switches, 'link', 'set', this.#portOf(card), ...flood)
  }

  #portOf(card: string): string {
    const port = this.ports.get(card)
    if (port === undefined) throw new Error(`${this.namespace} has no card ${card}`)
    return port
  }
}

async function ip(...args: readonly string[]): Promise<void> {
  await execute('ip', [...args], { env: ENVIRONMENT })
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => child.once('close', () => resolve()))
}
