import type { AppUpdater, ProgressInfo } from 'electron-updater'
import type { Logger } from '../../server/logger'
import { errorText } from '../../shared/errorText'
import type { UpdateSource } from './appUpdates'

/**
 * New versions as electron-updater gets them: from the feed, checked by their hashes, rolled out to as many installations
 * as the feed says. It decides nothing by itself here.
 */
export function electronUpdates(updater: AppUpdater, log: Logger): UpdateSource {
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = false
  updater.disableWebInstaller = true
  // Its number for staged roll-outs stays on this device: it would tell installations apart.
  updater.requestHeaders = { 'x-user-staging-id': 'none' }
  updater.logger = {
    info: (text: unknown) => log.debug({ detail: String(text) }, 'updater'),
    warn: (text: unknown) => log.warn({ detail: String(text) }, 'updater'),
    error: (text: unknown) => log.warn({ detail: String(text) }, 'updater'),
  }
  return {
    async check() {
      const result = await updater.checkForUpdates()
      return result?.isUpdateAvailable === true ? result.updateInfo.version : undefined
    },

    async download(onProgress) {
      const tell = ({ percent }: ProgressInfo): void => onProgress(Math.min(1, Math.max(0, percent / 100)))
      updater.on('download-progress', tell)
      try {
        await updater.downloadUpdate()
      } finally {
        updater.off('download-progress', tell)
      }
    },

    install(onFailed) {
      // On macOS it is told after a while, as the system takes the new version then.
      updater.once('error', (error: Error) => {
        log.error({ detail: errorText(error) }, 'cannot install')
        onFailed(error)
      })
      // Without further questions: the person has said to restart. It starts the new version.
      updater.quitAndInstall(true, true)
    },
  }
}
