import { parse } from '@vue/compiler-sfc'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { en } from '../../../../src/renderer/i18n/locales/en'
import { zhCn } from '../../../../src/renderer/i18n/locales/zhCn'
import type { CacheErrorCode } from '../../../../src/client/cache/replicaCache'
import type { WRITTEN_INTO_PURGED } from '../../../../src/client/replica/lostWords'
import type { UnreachableError } from '../../../../src/client/connection/createRoom'
import type { FileErrorCode, HostingErrorCode } from '../../../../src/renderer/platform/platform'
import { BUNDLE_ERRORS } from '../../../../src/shared/roomFile'
import { ERRORS } from '../../../../src/shared/protocol/errors'

/** Types have no values to go through; each list is complete because the compiler says so. */
const FILE_CODES: Record<FileErrorCode, true> = {
  'file-is-room': true,
  'file-not-text': true,
  'file-too-large': true,
  'file-unreadable': true,
  'file-unwritable': true,
}
const HOSTING_CODES: Record<HostingErrorCode, true> = {
  'port-in-use': true,
  'data-unwritable': true,
  'database-corrupt': true,
  'database-too-new': true,
  'database-locked': true,
  'host-failed': true,
}
const CACHE_CODES: Record<CacheErrorCode, true> = {
  'lease-lost': true,
  'storage-failed': true,
  'database-corrupt': true,
  'database-too-new': true,
  'database-locked': true,
}

const CONNECT_CODES: Record<
  UnreachableError['code'] | 'server-storage-failed' | typeof WRITTEN_INTO_PURGED,
  true
> = {
  'server-unreachable': true,
  'server-storage-failed': true,
  'written-into-purged': true,
}
const ALL_CODES = [ERRORS, BUNDLE_ERRORS, FILE_CODES, HOSTING_CODES, CACHE_CODES, CONNECT_CODES].flatMap(
  (list) => Object.keys(list),
)

type Texts = { readonly [key: string]: string | Texts }

function flatten(texts: Texts, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)],
    ),
  )
}

const english = flatten(en)
const chinese = flatten(zhCn)

/** Names in braces. */
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()

describe('the translations', () => {
  it('have the same keys in both languages', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it('leave no text empty', () => {
    for (const texts of [english, chinese]) {
      for (const [key, text] of texts) expect(text.trim(), key).not.toBe('')
    }
  })

  it('name the same values in both languages', () => {
    for (const [key, text] of english)
      expect(placeholders(chinese.get(key) ?? ''), key).toEqual(placeholders(text))
  })

  it('are in Chinese where they are Chinese', () => {
    const sameEverywhere = [...english].filter(([key, text]) => chinese.get(key) === text).map(([key]) => key)
    for (const key of sameEverywhere) expect(key).toMatch(/^(app\.name|keys\.|home\.\w*Placeholder)/)
  })

  it('say for every error code of the protocol, files, hosting and the cache what happened and what to do', () => {
    for (const code of [...ALL_CODES, 'unknown']) {
      // Two sentences or two clauses: one of them is the advice.
      expect(english.get(`errors.${code}`), code).toMatch(/\w{2}.*[.;:,].*\w{2}.*\.$/)
      expect(chinese.get(`errors.${code}`), code).toMatch(/[。；，：].*。$/)
    }
  })

  it('have no error text without a code', () => {
    const codes = new Set(ALL_CODES)
    const texts = [...english.keys()].filter((key) => key.startsWith('errors.')).map((key) => key.slice(7))
    for (const code of texts) expect(codes.has(code) || code === 'unknown', code).toBe(true)
  })

  it('are all used', async () => {
    const sources = (await sourceFiles()).filter((path) => !path.includes('/locales/'))
    const code = (await Promise.all(sources.map((path) => readFile(path, 'utf8')))).join('\n')
    const unused = [...english.keys()].filter(
      (key) => !key.startsWith('errors.') && !code.includes(`'${key}'`) && !isComposed(key),
    )
    expect(unused).toEqual([])
  })
})

/** Keys whose last part is known at run time only. */
function isComposed(key: string): boolean {
  return /^role\.(owner|editor|viewer|commenter)$|^checkCodes\.|^board\.(tool|shape|colour|said)\.\w+$/.test(
    key,
  )
}

const RENDERER = join(import.meta.dirname, '../../../../src/renderer')

async function sourceFiles(): Promise<string[]> {
  const entries = await readdir(RENDERER, { recursive: true })
  return entries.filter((name) => /\.(ts|vue)$/.test(name)).map((name) => join(RENDERER, name))
}

/** Attributes that people read or hear. */
const READ_ATTRIBUTES = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'text', 'hint'])

interface TemplateNode {
  readonly type: number
  readonly content?: unknown
  readonly children?: readonly TemplateNode[]
  readonly branches?: readonly TemplateNode[]
  readonly props?: readonly {
    readonly type: number
    readonly name: string
    readonly value?: { content: string }
  }[]
}

/** Texts in a template that no translation gives. Node types: 2 text, attribute type 6 is static. */
function hardCoded(node: TemplateNode): string[] {
  const own = node.type === 2 && /\p{L}/u.test(String(node.content)) ? [String(node.content).trim()] : []
  const attributes = (node.props ?? [])
    .filter(
      ({ type, name, value }) =>
        type === 6 && READ_ATTRIBUTES.has(name) && /\p{L}/u.test(value?.content ?? ''),
    )
    .map(({ name, value }) => `${name}="${value?.content ?? ''}"`)
  const below = [...(node.children ?? []), ...(node.branches ?? [])].flatMap(hardCoded)
  return [...own, ...attributes, ...below]
}

describe('the templates', () => {
  it('contain no text of their own', async () => {
    const components = (await sourceFiles()).filter((path) => path.endsWith('.vue'))
    expect(components.length).toBeGreaterThan(20)
    for (const path of components) {
      const { descriptor } = parse(await readFile(path, 'utf8'), { filename: path })
      const ast = descriptor.template?.ast as unknown as TemplateNode | undefined
      if (ast !== undefined) expect(hardCoded(ast), path).toEqual([])
    }
  })
})
