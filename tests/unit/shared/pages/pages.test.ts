import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  appendPoints,
  editRecord,
  propOf,
  purgeRecord,
  putRecord,
  recordsType,
  type RecordsOp,
  type RecordsSnapshot,
} from '../../../../src/shared/ot/records'
import {
  createPage,
  deletePage,
  findPage,
  MAX_TITLE_LENGTH,
  movePage,
  pageListRule,
  readPages,
  renamePage,
  restorePage,
  type PageListErrorCode,
  type PagePlace,
} from '../../../../src/shared/pages'

/** Ids as rooms make them: 26 characters of base32. */
const id = (letter: string): string => letter.repeat(26)
const [A, B, C, D] = [id('a'), id('b'), id('c'), id('d')]

function apply(snapshot: RecordsSnapshot, op: RecordsOp): RecordsSnapshot {
  return recordsType.apply(snapshot, op)
}

function listOf(...ids: string[]): RecordsSnapshot {
  return ids.reduce(
    (list, each) =>
      apply(list, createPage(list, { id: each, kind: 'text', title: `Page ${each.charAt(0)}` })),
    recordsType.create(),
  )
}

const orderOf = (list: RecordsSnapshot): string =>
  readPages(list)
    .map((page) => page.id.charAt(0))
    .join('')
const titleOf = (list: RecordsSnapshot, page: string): string | undefined => findPage(list, page)?.title

/** What two people end with who work on `list` at once, after asserting that both end with the same. */
function merge(list: RecordsSnapshot, earlier: RecordsOp, later: RecordsOp): RecordsSnapshot {
  const [earlierAfter, laterAfter] = recordsType.transformBoth(earlier, later)
  const one = apply(apply(list, earlier), laterAfter)
  expect(recordsType.serialise(apply(apply(list, later), earlierAfter))).toBe(recordsType.serialise(one))
  return one
}

function expectRefused(code: PageListErrorCode, action: () => unknown): void {
  expect(action).toThrow(expect.objectContaining({ name: 'PageListError', code }))
}

describe('page list', () => {
  it('a new page comes last, or where it is wanted', () => {
    let list = listOf(A, B)
    list = apply(list, createPage(list, { id: C, kind: 'board', title: ' Plan\n2 ' }, { after: A }))
    list = apply(list, createPage(list, { id: D, kind: 'text', title: '' }, 'first'))
    expect(orderOf(list)).toBe('dacb')
    expect(findPage(list, C)).toMatchObject({ kind: 'board', title: 'Plan 2', deleted: false })
  })

  it.each<[PagePlace, string]>([
    ['first', 'cabd'],
    ['last', 'abdc'],
    [{ before: B }, 'acbd'],
    [{ after: D }, 'abdc'],
    [{ after: C }, 'abcd'],
    [{ before: D }, 'abcd'],
  ])('a page moved to %j', (place, expected) => {
    const list = listOf(A, B, C, D)
    expect(orderOf(apply(list, movePage(list, C, place)))).toBe(expected)
  })

  it('G2: a deleted page is kept, marked, and comes back where it was with what others did to it', () => {
    const list = listOf(A, B, C)
    const merged = merge(list, deletePage(list, B), renamePage(list, B, 'Renamed'))
    expect(findPage(merged, B)).toMatchObject({ deleted: true })
    const restored = apply(merged, restorePage(merged, B))
    expect(findPage(restored, B)).toMatchObject({ deleted: false, title: 'Renamed' })
    expect(orderOf(restored)).toBe('abc')
  })

  it('G3: a title of 200 units is allowed, a longer one is refused with title-too-long', () => {
    const list = listOf(A)
    const longest = '🙂'.repeat(100)
    expect(titleOf(apply(list, renamePage(list, A, longest)), A)).toBe(longest)
    expectRefused('title-too-long', () => renamePage(list, A, `${longest}x`))
    expectRefused('title-too-long', () => createPage(list, { id: B, kind: 'text', title: 'x'.repeat(201) }))
  })

  it('refuses what names no page, and a second page of one id', () => {
    const list = listOf(A)
    expectRefused('page-unknown', () => renamePage(list, B, 'x'))
    expectRefused('page-unknown', () => movePage(list, B, 'first'))
    expectRefused('page-unknown', () => movePage(list, A, { after: B }))
    expectRefused('page-unknown', () => deletePage(list, B))
    expectRefused('page-unknown', () => restorePage(list, B))
    expectRefused('page-exists', () => createPage(list, { id: A, kind: 'text', title: 'x' }))
  })
})

describe('two people at the page list at once', () => {
  it('G1: two renamings of one page are both in its title', () => {
    const list = apply(listOf(A), renamePage(listOf(A), A, 'Notes'))
    const merged = merge(list, renamePage(list, A, 'Meeting Notes'), renamePage(list, A, 'Notes 2026'))
    expect(titleOf(merged, A)).toBe('Meeting Notes 2026')
  })

  it('G1: a title typed beside an older one keeps what others have changed since', () => {
    const list = apply(listOf(A), renamePage(listOf(A), A, 'Notes'))
    const renamed = apply(list, renamePage(list, A, 'Meeting Notes'))
    expect(titleOf(apply(renamed, renamePage(renamed, A, 'Notes 2026', 'Notes')), A)).toBe(
      'Meeting Notes 2026',
    )
    expect(titleOf(apply(renamed, renamePage(renamed, A, 'Notes', 'Notes')), A)).toBe('Meeting Notes')
  })

  it('renamings that change one emoji to another never leave half of one', () => {
    const list = apply(listOf(A), renamePage(listOf(A), A, 'a 😀 b'))
    const merged = merge(list, renamePage(list, A, 'a 😁 b'), renamePage(list, A, 'a 😂 b'))
    expect(titleOf(merged, A)).not.toMatch(/\p{Surrogate}|\uFFFD/u)
  })

  it('G3: a title that two people made too long is cut where it is shown, and can be renamed', () => {
    const list = listOf(A)
    const merged = merge(list, renamePage(list, A, 'x'.repeat(150)), renamePage(list, A, 'y'.repeat(150)))
    expect(titleOf(merged, A)).toHaveLength(MAX_TITLE_LENGTH)
    expect(titleOf(apply(merged, renamePage(merged, A, 'short')), A)).toBe('short')
  })

  it('two pages put at one place stand in one order for both, and a third fits between them', () => {
    const list = listOf(A, B)
    const create = (page: string): RecordsOp =>
      createPage(list, { id: page, kind: 'text', title: page.charAt(0) }, { after: A })
    const merged = merge(list, create(D), create(C))
    expect(orderOf(merged)).toBe('acdb')
    const between = createPage(merged, { id: id('e'), kind: 'text', title: 'e' }, { before: D })
    expect(orderOf(apply(merged, between))).toBe('acedb')
  })

  it('G1: one moves a page that the other renames and moves: the later place, the new title', () => {
    const list = listOf(A, B, C)
    const renamed = recordsType.compose(renamePage(list, A, 'New'), movePage(list, A, 'last'))
    expect(orderOf(merge(list, renamed, movePage(list, A, { after: B })))).toBe('bac')
    expect(orderOf(merge(list, movePage(list, A, { after: B }), renamed))).toBe('bca')
    expect(titleOf(merge(list, movePage(list, A, { after: B }), renamed), A)).toBe('New')
  })
})

/** What a person does to the list; numbers choose among the pages that are there. */
const acts = fc.record({
  who: fc.nat({ max: 2 }),
  what: fc.constantFrom(
    'create',
    'rename',
    'move',
    'delete',
    'restore',
    'flip',
    'purge',
    'replace',
    'sync',
    'sync',
  ),
  page: fc.nat(),
  other: fc.nat(),
  title: fc.string({ unit: fc.constantFrom('a', 'b', ' ', '😀', '😁', 'é'), maxLength: 8 }),
})
type Act = typeof acts extends fc.Arbitrary<infer T> ? T : never

/** What no app of ours does to a list. */
const HOSTILE: readonly Act['what'][] = ['flip', 'purge', 'replace']

/** One person's copy of the list: the confirmed list, and what was done on top of it, step by step. */
interface Replica {
  version: number
  shown: RecordsSnapshot
  pending: { readonly what: Act['what']; readonly op: RecordsOp }[]
}

function actOn(list: RecordsSnapshot, act: Act, newId: string): RecordsOp {
  const pages = readPages(list)
  const page = pages[act.page % Math.max(1, pages.length)]
  const other = pages[act.other % Math.max(1, pages.length)]
  if (page === undefined || other === undefined || act.what === 'create') {
    const place: PagePlace = other === undefined ? 'last' : { after: other.id }
    return createPage(list, { id: newId, kind: 'text', title: act.title }, place)
  }
  switch (act.what) {
    case 'rename':
      return renamePage(list, page.id, act.title)
    case 'move':
      return movePage(list, page.id, act.other % 2 === 0 ? { after: other.id } : { before: other.id })
    case 'delete':
      return deletePage(list, page.id)
    case 'restore':
      return restorePage(list, page.id)
    case 'flip':
      return editRecord(page.id, { set: { kind: 'board' } })
    case 'replace':
      return recordsType.compose(
        purgeRecord(page.id),
        putRecord(page.id, { kind: 'page', props: { kind: 'board' } }),
      )
    default:
      return purgeRecord(page.id)
  }
}

describe('several people, an authority', () => {
  it('G5: reordering, renaming, creating, deleting at once ends with equal lists, whoever tries to change kinds', () => {
    let concurrent = 0
    let refusals = 0
    fc.assert(
      fc.property(fc.array(acts, { minLength: 5, maxLength: 60, size: 'max' }), (script) => {
        const first = listOf(A, B, C)
        const log: RecordsOp[] = []
        let committed = first
        const replicas = [0, 1, 2].map((): Replica => ({ version: 0, shown: first, pending: [] }))

        /** The person hears what was committed and hands in what they did since. */
        const sync = (replica: Replica): void => {
          if (replica.pending.length > 0 && replica.version < log.length) concurrent++
          for (; replica.version < log.length; replica.version++) {
            let remote = log[replica.version] as RecordsOp
            replica.pending = replica.pending.map(({ what, op }) => {
              const [remoteAfter, mineAfter] = recordsType.transformBoth(remote, op)
              remote = remoteAfter
              return { what, op: mineAfter }
            })
            replica.shown = apply(replica.shown, remote)
          }
          for (const { what, op } of replica.pending) {
            const after = apply(committed, op)
            if (pageListRule(committed, after, op, { maxPages: 1_000, maxKeptPages: 1_000 }) !== undefined) {
              refusals++
              expect(HOSTILE).toContain(what)
              // The client gives up what it has unsent.
              replica.shown = committed
              break
            }
            committed = after
            log.push(op)
          }
          replica.version = log.length
          replica.pending = []
        }

        script.forEach((act, i) => {
          const replica = replicas[act.who] as Replica
          if (act.what === 'sync') {
            sync(replica)
            return
          }
          const newId = `${'abcdefghijklmnopqrstuvwxyz'.charAt(i % 26)}${'234567'.charAt(act.who)}`.repeat(13)
          const unused = replica.shown.records.get(newId) === undefined
          const op = unused || act.what !== 'create' ? actOn(replica.shown, act, newId) : {}
          replica.shown = apply(replica.shown, op)
          replica.pending.push({ what: act.what, op })
        })
        replicas.forEach(sync)
        replicas.forEach(sync)
        for (const { shown } of replicas) {
          expect(recordsType.serialise(shown)).toBe(recordsType.serialise(committed))
        }
        for (const page of readPages(committed)) {
          expect(page.title).not.toContain('\uFFFD')
          expect(page.kind).toBe('text')
        }
        expect([A, B, C].filter((page) => findPage(committed, page) === undefined)).toEqual([])
      }),
      { numRuns: 400 },
    )
    expect(concurrent).toBeGreaterThan(200)
    expect(refusals).toBeGreaterThan(200)
  })
})

describe('page lists from hostile or newer clients', () => {
  it('G4: are read without an error, unknown kinds as unsupported, other records passed over', () => {
    let list = listOf(A)
    const others: [string, unknown][] = [
      [B, { kind: 'page', props: { kind: 'spreadsheet', order: 'a5' }, texts: { title: 'Budget' } }],
      [
        C,
        {
          kind: 'page',
          props: { kind: ['text'], order: { a: 1 } },
          texts: { title: `a\n\u0000b${'🙂'.repeat(200)}` },
        },
      ],
      [D, { kind: 'page', props: { kind: 'constructor', order: 'zzzz'.repeat(100) } }],
      ['pages', { kind: 'page', props: { kind: 'text', order: 'a1' } }],
      [id('f'), { kind: 'folder', props: { kind: 'text', order: 'a1' } }],
    ]
    list = apply(list, recordsType.parseOp(Object.fromEntries(others.map(([key, put]) => [key, { put }]))))
    const pages = readPages(list)
    expect(pages.map((page) => [page.id.charAt(0), page.kind])).toEqual([
      ['a', 'text'],
      ['b', 'unsupported'],
      ['c', 'unsupported'],
      ['d', 'unsupported'],
    ])
    expect(pages.map((page) => page.order)).toEqual(['a0', 'a5', undefined, undefined])
    expect(pages[2]?.title).toMatch(/^a b(🙂)+$/u)
    expect(pages[2]?.title.length).toBeLessThanOrEqual(MAX_TITLE_LENGTH)
    expect(findPage(list, 'pages')).toBeUndefined()
    expect(findPage(list, id('f'))).toBeUndefined()

    const moved = apply(list, movePage(list, A, 'last'))
    expect(orderOf(moved)).toBe('bcda')
    const points = apply(moved, appendPoints(A, { kind: 'page' }, 'p', [1]))
    const broken = apply(points, editRecord(A, { set: { order: 5, kind: null } }))
    expect(findPage(broken, A)).toMatchObject({ kind: 'unsupported', order: undefined })
    const mended = apply(broken, movePage(broken, A, 'first'))
    expect(orderOf(mended)).toBe('abcd')
  })

  it('a page whose id is taken by another record is refused', () => {
    const list = apply(recordsType.create(), putRecord(A, { kind: 'folder' }))
    expectRefused('page-exists', () => createPage(list, { id: A, kind: 'text', title: 'x' }))
    expect(propOf({ kind: 'page' }, 'order')).toBeNull()
  })
})
