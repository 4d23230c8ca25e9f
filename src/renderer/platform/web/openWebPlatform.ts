import { createId } from '../../../shared/identity/keys'
import { randomBytes, systemClock } from '../../app/systemClock'
import type { Platform } from '../platform'
import { openWebCache } from './cache/openWebCache'
import { createWebPlatform } from './webPlatform'

/**
 * The platform of a guest's browser. Where it stores nothing, what was not sent is lost with the tab, which the
 * warning before closing says in any case.
 */
export async function openWebPlatform(): Promise<Platform> {
  const { cache } = await openWebCache({
    clock: systemClock,
    newId: () => createId(randomBytes),
    page: window,
    report: (error) => reportError(error),
  })
  return createWebPlatform(cache, randomBytes)
}
