import type { UpdateWay } from '../../shared/ipc/updates'

/** What tells how an installation gets new versions. */
export interface Installation {
  readonly platform: NodeJS.Platform
  /** Whether the build was given an address to look at: electron-builder then puts `app-update.yml` beside the app. */
  readonly hasFeed: boolean
  /** The AppImage that runs, from its environment. */
  readonly appImage: string | undefined
}

/**
 * Who installs new versions. On Linux only an AppImage can replace itself: the rest is in folders of the system, which its
 * package manager looks after, or was unpacked by hand.
 */
export function updateWay({ platform, hasFeed, appImage }: Installation): UpdateWay {
  if (!hasFeed) return 'nobody'
  return platform === 'linux' && appImage === undefined ? 'system' : 'self'
}
