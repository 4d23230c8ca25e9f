import { SetupError } from '../bootstrap/report.mjs'

/** Names the address of the folder that releases are uploaded to. Without it, apps never look for updates. */
export const FEED_VARIABLE = 'INKROOM_UPDATE_FEED'

/**
 * Where the packaged app looks for updates, from the environment of the build.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {{ provider: 'generic', url: string }[] | null} null for nowhere
 */
export function updateFeed(env = process.env) {
  const url = env[FEED_VARIABLE]
  if (!url) return null
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:')
    throw new SetupError(`${FEED_VARIABLE} has to be an https address, not ${url}`)
  return [{ provider: 'generic', url }]
}
