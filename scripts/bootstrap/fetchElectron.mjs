/*
 * Fetches the archive of the Electron in package.json into the download cache of @electron/get. Writes a dot to
 * stdout whenever something has arrived, for the process that watches over it.
 */
import { downloadArtifact } from '@electron/get'
import { join } from 'node:path'
import { NODE_MODULES, installedVersion, readJson } from './paths.mjs'
import { reason } from './report.mjs'

const REPORT_EVERY_MS = 500
let lastReport = 0

try {
  await downloadArtifact({
    version: installedVersion('electron'),
    artifactName: 'electron',
    platform: process.platform,
    arch: process.arch,
    checksums: /** @type {Record<string, string>} */ (
      readJson(join(NODE_MODULES, 'electron', 'checksums.json'))
    ),
    downloadOptions: {
      quiet: true,
      getProgressCallback: async () => {
        if (Date.now() - lastReport < REPORT_EVERY_MS) return
        lastReport = Date.now()
        process.stdout.write('.')
      },
    },
  })
} catch (error) {
  process.stderr.write(`[setup] the download failed: ${reason(error)}\n`)
  process.exitCode = 1
}
