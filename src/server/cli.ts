import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommandLine } from './commands/commandLine'

/* Entry of the headless room server under plain Node. */

/** The build puts the browser client into a folder beside this program's. */
function builtClientFolder(): string | undefined {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'renderer')
  return existsSync(join(folder, 'index.html')) ? folder : undefined
}

await runCommandLine({ args: process.argv.slice(2), clientFolder: builtClientFolder() })
