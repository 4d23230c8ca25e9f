import { app } from 'electron'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Logger } from '../../server/logger'
import { systemClock } from '../../server/systemClock'
import { JsonFile } from '../files/jsonFile'
import { AppUpdates, type AppUpdatesOptions } from './appUpdates'
import { electronUpdates } from './electronUpdates'
import { updateWay } from './updateWay'

/** What the person chose about updates. */
const choiceSchema = z.object({ automatic: z.boolean() })

export interface OpenedUpdates {
  readonly updates: AppUpdates
  /** Whether the app looks by itself; remembered. */
  setAutomatic(on: boolean): Promise<void>
}

/** The updates of this installation. Nothing of electron-updater is loaded before it is needed. */
export function openUpdates(
  userData: string,
  { mayRestart, restartFailed }: Pick<AppUpdatesOptions, 'mayRestart' | 'restartFailed'>,
  log: Logger,
): OpenedUpdates {
  const file = new JsonFile(join(userData, 'updates.json'), choiceSchema, log)
  const updates = new AppUpdates({
    way: updateWay({
      platform: process.platform,
      hasFeed: app.isPackaged && existsSync(join(process.resourcesPath, 'app-update.yml')),
      appImage: process.env['APPIMAGE'],
    }),
    version: app.getVersion(),
    automatic: file.readIfPossible()?.automatic ?? true,
    openSource: async () => {
      const { default: updater } = await import('electron-updater')
      return electronUpdates(updater.autoUpdater, log)
    },
    mayRestart,
    restartFailed,
    installsFirst: process.platform === 'darwin',
    quit: () => app.quit(),
    clock: systemClock,
    log,
  })
  return {
    updates,
    setAutomatic: async (on) => {
      updates.setAutomatic(on)
      await file.write({ automatic: on })
    },
  }
}
