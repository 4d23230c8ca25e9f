/*
 * Lets Node run the TypeScript sources as they are: it strips the types itself, and here it learns to find the file
 * of a relative import without an ending, as the bundler does. Given with `--import`, which worker threads inherit.
 */
import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

const ENDINGS = ['.ts', '/index.ts']

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier.startsWith('.') && context.parentURL?.startsWith('file:')) {
      const target = new URL(specifier, context.parentURL).href
      if (!/\.\w+$/.test(target) || !existsSync(fileURLToPath(target))) {
        const ending = ENDINGS.find((each) => existsSync(fileURLToPath(target + each)))
        if (ending !== undefined) return nextResolve(target + ending, context)
      }
    }
    return nextResolve(specifier, context)
  },
})
