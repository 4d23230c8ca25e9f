import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readDocument } from './markdown'

const TESTS = fileURLToPath(new URL('../../', import.meta.url))

/** A title that begins with rule ids: `S2: ...` or `S2, S3: ...`. */
const TITLE = /^\s*(?:it|test)\b.*?['"`]((?:[A-Z]\d+, )*[A-Z]\d+): /
/** The title of a table test stands alone on a line, or after the table. */
const TITLE_OF_TABLE = /^\s*(?:\]\)\(|\)\()?\s*['"`]((?:[A-Z]\d+, )*[A-Z]\d+): /

function idsIn(source: string): string[] {
  return source
    .split('\n')
    .flatMap((line) => (TITLE.exec(line) ?? TITLE_OF_TABLE.exec(line))?.[1]?.split(', ') ?? [])
}

/** Rule ids that titles of tests name, with the files they are in. */
function namedRules(): Map<string, Set<string>> {
  const rules = new Map<string, Set<string>>()
  const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  )
  for (const file of files) {
    for (const id of idsIn(readDocument(`tests/${file}`))) {
      rules.set(id, (rules.get(id) ?? new Set()).add(file))
    }
  }
  return rules
}

describe('docs/SPEC.md', () => {
  const rules = [...readDocument('docs/SPEC.md').matchAll(/^- \*\*([A-Z]\d+)\*\* /gm)].map(
    ([, id = '']) => id,
  )
  const named = namedRules()

  it('is read as it is written', () => {
    expect(
      idsIn(
        "  it('S2: a', () => {\n  ])('S3, S4: b %s',\n    'S5: c',\n  test.each([1])(`S6: d`, \n  it('SS7: e', \n it('no S8: f'",
      ),
    ).toEqual(['S2', 'S3', 'S4', 'S5', 'S6'])
  })

  it('numbers every rule once, each letter from 1 on without a gap', () => {
    expect(new Set(rules).size).toBe(rules.length)
    const letters = [...new Set(rules.map((id) => id[0]))]
    const counted = letters.flatMap((letter) => {
      const count = rules.filter((id) => id[0] === letter).length
      return Array.from({ length: count }, (_, index) => `${letter}${index + 1}`)
    })
    expect(rules).toEqual(counted)
  })

  it('has a test for every rule', () => {
    expect(rules.filter((id) => !named.has(id))).toEqual([])
  })

  it('has every rule that a test names', () => {
    const unknown = [...named].filter(([id]) => !rules.includes(id))
    expect(unknown.map(([id, files]) => `${id} in ${[...files].join(', ')}`)).toEqual([])
  })
})
