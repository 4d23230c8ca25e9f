import { build } from 'electron-builder'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from '../bootstrap/command.mjs'
import { FALLBACK_VERSION, fallbackFolder } from '../bootstrap/fallbackElectron.mjs'
import { ROOT } from '../bootstrap/paths.mjs'
import { SetupError, say } from '../bootstrap/report.mjs'
import { makeDebian } from './debian.mjs'
import config from './electronBuilder.config.mjs'
import { finishApp } from './finishApp.mjs'

/** @import { Configuration, CliOptions } from 'electron-builder' */
/** @import { Plan } from './plan.mjs' */

const DIST = join(ROOT, 'dist')

/**
 * Packages the build in out/.
 * @param {Plan} plan
 * @returns {Promise<string[]>} absolute paths of what was made
 */
export async function packageApp(plan) {
  return plan === 'official' ? (await runBuilder()).artifacts : packageFromRegistries()
}

/**
 * With the fallback runtime, and without any tool that would have to be downloaded.
 * @returns {Promise<string[]>}
 */
async function packageFromRegistries() {
  process.env['ELECTRON_BUILDER_7ZIP_PATH'] ??= sevenZip()
  // Level 9, the default, takes three times as long for 1% less.
  process.env['ELECTRON_BUILDER_COMPRESSION_LEVEL'] ??= '5'
  const { artifacts, unpacked } = await runBuilder(
    { linux: ['tar.gz'] },
    { electronDist: fallbackFolder(), electronVersion: FALLBACK_VERSION },
  )
  say('making the .deb')
  for (const folder of unpacked) {
    // Read by electron-installer-debian, which asks for other libraries with other versions.
    writeFileSync(join(folder, 'version'), FALLBACK_VERSION)
    artifacts.push(...(await makeDebian(folder, DIST)))
  }
  return artifacts
}

/**
 * @param {CliOptions} [targets] all of this platform by default
 * @param {Configuration} [overrides]
 * @returns {Promise<{ artifacts: string[], unpacked: string[] }>} files made, and the folders they were made of
 */
async function runBuilder(targets = {}, overrides = {}) {
  /** @type {string[]} */
  const unpacked = []
  const artifacts = await build({
    ...targets,
    publish: 'never',
    config: {
      ...config,
      ...overrides,
      async afterPack(context) {
        await finishApp(context)
        unpacked.push(context.appOutDir)
      },
    },
  })
  return { artifacts, unpacked }
}

/** @returns {string} */
function sevenZip() {
  const program = findProgram(['7za'])
  if (program === undefined)
    throw new SetupError('there is no 7za: run `node scripts/bootstrap.mjs --package`')
  return program
}
