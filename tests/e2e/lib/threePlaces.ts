import { startAppFor, type AppUser } from './appUser'
import { GuestBrowser } from './guestBrowser'

/** Anna and Ben in front of an app each, and a browser for guests. */
export interface ThreePlaces {
  readonly anna: AppUser
  readonly ben: AppUser
  readonly browser: GuestBrowser
}

export async function startThreePlaces(): Promise<ThreePlaces> {
  const [anna, ben, browser] = await Promise.all([
    startAppFor('Anna', { colour: 0 }),
    startAppFor('Ben', { colour: 4 }),
    GuestBrowser.launch(),
  ])
  return { anna, ben, browser }
}
