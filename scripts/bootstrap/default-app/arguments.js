/**
 * What `electron [flags] FOLDER [...]` asks for.
 *
 * @param {readonly string[]} argv the process's whole argument list, the program first
 * @returns {{ folder: string | undefined, preload: string[] }} the app folder, and the modules that
 *   `-r FILE`, `--require FILE` or `--require=FILE` want loaded before the app
 */
export function parseArguments(argv) {
  const preload = []
  let folder
  for (let index = 1; index < argv.length; index++) {
    const argument = argv[index]
    if (argument === undefined) break
    if (argument === '-r' || argument === '--require') {
      index += 1
      const file = argv[index]
      if (file !== undefined) preload.push(file)
    } else if (argument.startsWith('--require=')) {
      preload.push(argument.slice('--require='.length))
    } else if (!argument.startsWith('-')) {
      folder = argument
      break
    }
  }
  return { folder, preload }
}
