/*
 * `npm run package`: installers of the app for this platform, in dist/. Ends with one JSON line `{"artifacts": [paths]}`
 * on stdout.
 */
import { SetupError, runMain } from './bootstrap/report.mjs'
import { packageIfStale } from './packaging/packageIfStale.mjs'

await runMain(async () => {
  const [unknown] = process.argv.slice(2)
  if (unknown !== undefined) throw new SetupError(`unknown option ${unknown}; there are none`)
  const artifacts = await packageIfStale()
  process.stdout.write(`${JSON.stringify({ artifacts })}\n`)
})
