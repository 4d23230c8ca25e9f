import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readDocument, sectionsOf, tableRows } from './markdown'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const DOCUMENT = readDocument('ARCHITECTURE.md')

/** Folders inside a folder, which have something in them. */
const foldersIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(join(ROOT, folder, entry.name)).length > 0)
    .map((entry) => `${folder}/${entry.name}`)

describe('ARCHITECTURE.md', () => {
  it('names only files and folders that are there', () => {
    const paths = [...DOCUMENT.matchAll(/`((?:src|tests|docs|scripts|tools)(?:\/[\w./-]+)?)`/g)].map(
      ([, path = '']) => path,
    )
    expect(paths.length).toBeGreaterThan(40)
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  it('names every folder of every layer, one level deep', () => {
    const folders = foldersIn('src').flatMap((layer) => [layer, ...foldersIn(layer)])
    const unnamed = folders.filter((folder) => !DOCUMENT.includes(`\`${folder}\``))
    expect(unnamed.filter((folder) => folder !== 'src/renderer/public')).toEqual([])
  })

  it('has the arrows between layers that the linter holds', () => {
    const layers = sectionsOf(DOCUMENT, 2).find(({ heading }) => heading === 'Layers')?.text ?? ''
    const documented = tableRows(layers).map(([layer = '', imports = '']) => [
      layer.replace(/`|src\//g, ''),
      [...imports.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
    ])
    const config = readDocument('eslint.config.js')
    const held = [...config.matchAll(/^ {2}(\w+): \{\s*layers: \[(.*?)\]/gms)].map(
      ([, layer = '', imports = '']) => [
        layer,
        [...imports.matchAll(/'(\w+)'/g)].map(([, name = '']) => name),
      ],
    )
    expect(documented).toEqual(held)
  })
})

describe('links in the documents', () => {
  const documents = ['ARCHITECTURE.md', 'CHANGELOG.md', 'docs/PROTOCOL.md', 'docs/SPEC.md'].concat(
    readdirSync(join(ROOT, 'docs/decisions')).map((file) => `docs/decisions/${file}`),
  )

  it.each(documents)('of %s lead to files that are there', (document) => {
    const links = [...readDocument(document).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(
      ([, link = '']) => link,
    )
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(document), link)))).toEqual([])
  })

  it.each(documents)('of %s inside it lead to headings that are there', (document) => {
    const text = readDocument(document)
    const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .replace(/\s/g, '-'),
    )
    const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor)
    expect(links.filter((anchor) => !anchors.includes(anchor))).toEqual([])
  })
})
