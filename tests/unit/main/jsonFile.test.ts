import { readlink, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { JsonFile } from '../../../src/main/files/jsonFile'
import { silentLogger } from '../../../src/server/logger'
import { makeTemporaryFolder, removeFolder } from '../../lib/temporaryFolder'

let folder: string
let file: JsonFile<{ a: number }>
beforeEach(async () => {
  folder = await makeTemporaryFolder()
  file = new JsonFile(join(folder, 'a.json'), z.object({ a: z.number() }), silentLogger)
})
afterEach(() => removeFolder(folder))

it('Y1: a file that cannot be read is no file that is not there', async () => {
  await symlink('a.json', file.path)
  expect(() => file.read()).toThrow('ELOOP')
})

it('Y1: what could not be read is put aside, as it is, before the file is written anew', async () => {
  await symlink('a.json', file.path)
  expect(file.readIfPossible()).toBeUndefined()
  expect(await readlink(file.path)).toBe('a.json')
  await file.write({ a: 1 })
  await file.write({ a: 2 })
  expect(await readlink(`${file.path}.bad`)).toBe('a.json')
  expect(file.read()).toEqual({ a: 2 })
})
