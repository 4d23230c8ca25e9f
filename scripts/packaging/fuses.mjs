import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses'

/**
 * The fuses of a released app: switches inside Electron's program that nothing at run time can change. What a runtime
 * does not know yet, such as the last one in older versions, is passed over.
 * @type {Readonly<Record<FuseV1Options, boolean>>}
 */
export const RELEASE_FUSES = {
  // Otherwise anybody could use the signed program as a Node of their own.
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // There are no cookies, and on macOS their key would ask for the key chain at the first start.
  [FuseV1Options.EnableCookieEncryption]: false,
  // Held on macOS and Windows; Linux has no place to keep the digest in.
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // Pages come from app://.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // WebAssembly's checks of bounds by hardware, as Electron has it.
  [FuseV1Options.WasmTrapHandlers]: true,
}

/**
 * Sets the fuses of an unpacked app.
 * @param {string} program Electron's program, on macOS the .app
 * @param {{ isMac: boolean, isArm: boolean }} target
 */
export async function setReleaseFuses(program, { isMac, isArm }) {
  await flipFuses(program, {
    version: FuseVersion.V1,
    ...(await knownOf(program)),
    // Changing the program breaks the signature that it needs to start at all on Apple's own processors.
    resetAdHocDarwinSignature: isMac && isArm,
  })
}

/**
 * The fuses that a program has, by name.
 * @param {string} program
 * @returns {Promise<Record<string, boolean>>}
 */
export async function readFuses(program) {
  const wire = await getCurrentFuseWire(program)
  /** @type {Record<string, boolean>} */
  const states = {}
  for (const option of fuseOptions()) {
    const state = wire[option]
    if (state === FuseState.ENABLE || state === FuseState.DISABLE)
      states[FuseV1Options[option]] = state === FuseState.ENABLE
  }
  return states
}

/** @returns {FuseV1Options[]} */
function fuseOptions() {
  return Object.values(FuseV1Options).filter((value) => typeof value === 'number')
}

/**
 * @param {string} program
 * @returns {Promise<Partial<Record<FuseV1Options, boolean>>>} the release fuses, as far as this program has them
 */
async function knownOf(program) {
  const known = await readFuses(program)
  return Object.fromEntries(
    Object.entries(RELEASE_FUSES).filter(([option]) => (FuseV1Options[Number(option)] ?? '') in known),
  )
}
