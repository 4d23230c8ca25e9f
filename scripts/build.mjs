/* `npm run build`: the app, the browser client and the headless server, into out/. */
import { runMain } from './bootstrap/report.mjs'
import { build } from './building.mjs'

await runMain(build)
