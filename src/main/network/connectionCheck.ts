import { isIP, type Socket } from 'node:net'
import type { LoginSigner } from '../../shared/identity/loginSigner'
import type { CheckedAddress, ConnectionCheck } from '../../shared/ipc/network'
import type { RoomLink } from '../../shared/roomLink'
import { AskedServer } from './askServer'
import { fingerprintOf } from './dialHost'
import { AddressSteps, STEP_NAMES, StepFailure } from './checkSteps'
import { connectTo, encrypt, hostOf, resolveName, systemLookUp, type LookUp } from './reachHost'

/** Origins of a link that are tried: as many as a link has room for. */
const MAX_ORIGINS = 9

/** An address whose server has greeted us, or where the way ended. */
interface Reached {
  readonly steps: AddressSteps
  readonly server: AskedServer | undefined
}

/**
 * Goes the whole way to a room, to all addresses at once, and says where it ends. Whether the room lets this device in
 * is asked at the best address that gets so far; nothing changes by asking.
 */
export async function checkConnection(
  link: RoomLink,
  device: LoginSigner,
  lookUp = systemLookUp,
): Promise<ConnectionCheck> {
  const origins = link.origins.slice(0, MAX_ORIGINS)
  const reached = await Promise.all(origins.map((origin) => reachAll(origin, link.fingerprint, lookUp)))
  return await judge(reached.flat(), link, device)
}

async function judge(
  reached: readonly Reached[],
  link: RoomLink,
  device: LoginSigner,
): Promise<ConnectionCheck> {
  try {
    const best = reached.find(({ server }) => server !== undefined)
    if (best?.server !== undefined) await askForRoom(best.steps, best.server, link, device)
    const addresses = reached.map(({ steps }) => steps.result())
    return { addresses, problem: problemOf(addresses) }
  } finally {
    for (const { server } of reached) server?.close()
  }
}

async function askForRoom(
  steps: AddressSteps,
  server: AskedServer,
  link: RoomLink,
  device: LoginSigner,
): Promise<void> {
  const answer = await steps.take('room', () => server.knock(link, device))
  if (answer?.waits === true) steps.remark('room', 'would-wait')
}

/** All addresses of an origin. */
async function reachAll(origin: string, fingerprint: string | undefined, lookUp: LookUp): Promise<Reached[]> {
  const host = hostOf(origin)
  if (isIP(host) !== 0) return [await reach(new AddressSteps(origin, host), host, fingerprint)]
  const unresolved = new AddressSteps(origin, undefined)
  const addresses = await unresolved.take('resolve', () => resolveName(host, lookUp))
  if (addresses === undefined) return [{ steps: unresolved, server: undefined }]
  return Promise.all(
    addresses.map(async (address) => {
      const steps = new AddressSteps(origin, address)
      await steps.take('resolve', () => Promise.resolve())
      return reach(steps, address, fingerprint)
    }),
  )
}

async function reach(
  steps: AddressSteps,
  address: string,
  fingerprint: string | undefined,
): Promise<Reached> {
  const { origin } = steps
  const socket = await steps.take('connect', () => connectTo(address, origin))
  if (socket === undefined) return { steps, server: undefined }
  const connection = await secure(steps, socket, fingerprint)
  const server =
    connection && (await steps.take('protocol', () => AskedServer.greetedBy(connection, origin, fingerprint)))
  if (server === undefined) socket.destroy()
  return { steps, server }
}

/** The connection once it is known who is at the other end. Undefined where that fails. */
async function secure(
  steps: AddressSteps,
  socket: Socket,
  fingerprint: string | undefined,
): Promise<Socket | undefined> {
  const { origin } = steps
  const isEncrypted = origin.startsWith('https:')
  if (!isEncrypted && fingerprint === undefined) return socket
  const secured = await steps.take('tls', async () => {
    // A link that names a certificate is never followed without encryption.
    if (!isEncrypted) throw new StepFailure('tls-missing')
    const tls = await encrypt(socket, origin)
    if (fingerprint !== undefined || tls.authorized) return tls
    tls.destroy()
    throw new StepFailure('certificate-untrusted')
  })
  if (secured === undefined || fingerprint === undefined) return secured
  await steps.take('fingerprint', async () => {
    if (fingerprintOf(secured) === fingerprint) return
    secured.destroy()
    throw new StepFailure('certificate-mismatch')
  })
  return steps.hasFailed ? undefined : secured
}

/** What is wrong at the address that came furthest; null where one goes all the way. */
function problemOf(addresses: readonly CheckedAddress[]): ConnectionCheck['problem'] {
  const problems = addresses.flatMap(({ origin, address, steps }) => {
    const failed = steps.find(({ result }) => result === 'failed')
    if (failed?.code === undefined) return []
    return [{ step: failed.step, code: failed.code, origin, address }]
  })
  const isOpen = addresses.some(({ steps }) => steps.at(-1)?.result === 'ok')
  const furthest = problems.sort((a, b) => STEP_NAMES.indexOf(b.step) - STEP_NAMES.indexOf(a.step))[0]
  return isOpen ? null : (furthest ?? null)
}
