/** What electron-builder downloads its own tools from. */
const TOOLS_ADDRESS = 'https://github.com/electron-userland/electron-builder-binaries/releases'
/** A download that has not begun by then is given up. */
export const GIVE_UP_MS = 10_000

/**
 * How the app is packaged on this machine: `official` with Electron's own release and all targets of the platform, or
 * `registries` where only package registries can be reached: the fallback runtime, as tar.gz and .deb.
 * @typedef {'official' | 'registries'} Plan
 */

/**
 * @param {{ hasOfficialElectron: boolean, canReach?: (address: string) => Promise<boolean> }} place
 * @returns {Promise<Plan>}
 */
export async function choosePlan({ hasOfficialElectron, canReach = reaches }) {
  // Where Electron could not be downloaded, neither can the tools, which are in the same place.
  return hasOfficialElectron && (await canReach(TOOLS_ADDRESS)) ? 'official' : 'registries'
}

/**
 * @param {string} address
 * @returns {Promise<boolean>} whether it answers in time
 */
async function reaches(address) {
  try {
    const { ok } = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(GIVE_UP_MS) })
    return ok
  } catch {
    return false
  }
}
