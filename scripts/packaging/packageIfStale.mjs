import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { withLock } from '../bootstrap/lock.mjs'
import { hasOfficialElectron } from '../bootstrap/officialElectron.mjs'
import { ROOT, fingerprint } from '../bootstrap/paths.mjs'
import { SetupError, say } from '../bootstrap/report.mjs'
import { buildIfStale, sourceDigest } from '../building.mjs'
import { packageApp } from './packageApp.mjs'
import { choosePlan } from './plan.mjs'
import { updateFeed } from './updateFeed.mjs'

/** Holds what dist was made of, and the files in it. */
const STAMP = join(ROOT, '.cache', 'package.json')

/**
 * Packages the app as it is in the sources, unless that is what dist holds.
 * @returns {Promise<string[]>} absolute paths of the installers
 */
export async function packageIfStale() {
  await buildIfStale()
  const plan = await choosePlan({ hasOfficialElectron: hasOfficialElectron() })
  return withLock(join(ROOT, '.cache', 'package.lock'), async () => {
    const inputs = fingerprint([plan, JSON.stringify(updateFeed()), sourceDigest(ROOT, ['scripts'])])
    return made(inputs) ?? (await make(plan, inputs))
  })
}

/**
 * @param {import('./plan.mjs').Plan} plan
 * @param {string} inputs
 * @returns {Promise<string[]>}
 */
async function make(plan, inputs) {
  say(plan === 'official' ? 'packaging' : 'packaging with what the package registries have')
  rmSync(STAMP, { force: true })
  rmSync(join(ROOT, 'dist'), { recursive: true, force: true })
  const artifacts = await packageApp(plan)
  const missing = artifacts.find((file) => !existsSync(file))
  if (missing !== undefined) throw new SetupError(`the package ${missing} has not been made`)
  mkdirSync(dirname(STAMP), { recursive: true })
  writeFileSync(STAMP, JSON.stringify({ inputs, artifacts }))
  return artifacts
}

/**
 * @param {string} inputs
 * @returns {string[] | undefined} the files that were made of these inputs, if all are there
 */
function made(inputs) {
  if (!existsSync(STAMP)) return undefined
  const stamp = /** @type {{ inputs: string, artifacts: string[] }} */ (
    JSON.parse(readFileSync(STAMP, 'utf8'))
  )
  return stamp.inputs === inputs && stamp.artifacts.every((file) => existsSync(file))
    ? stamp.artifacts
    : undefined
}
