/**
 * Random people at one board: whatever they do at the same time, undo included, all end with the same board. A failure
 * prints fast-check's seed and path; `LAW_SEED=n` runs that seed again and `LAW_RUNS=n` sets the number of runs.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Board } from '../../../../src/shared/board/board'
import { readBoard } from '../../../../src/shared/board/readBoard'
import { seenOfBoard } from '../../../lib/board/seenOfBoard'
import { actionArbitrary, opOf, type Action } from './actions'
import { Authority, Person, settle } from './people'

const seed = process.env['LAW_SEED']
const parameters = (runs: number): { numRuns: number; seed?: number } => ({
  numRuns: Number(process.env['LAW_RUNS'] ?? runs),
  ...(seed === undefined ? {} : { seed: Number(seed) }),
})

type Turn =
  | { readonly do: 'act'; readonly action: Action }
  | { readonly do: 'undo' | 'redo' | 'send' | 'begin' | 'end' }
  | { readonly do: 'receive'; readonly count: number }

const turn: fc.Arbitrary<Turn> = fc.oneof(
  { weight: 8, arbitrary: actionArbitrary.map((action) => ({ do: 'act', action }) as const) },
  { weight: 3, arbitrary: fc.constant({ do: 'send' } as const) },
  { weight: 3, arbitrary: fc.nat({ max: 5 }).map((count) => ({ do: 'receive', count }) as const) },
  { weight: 2, arbitrary: fc.constant({ do: 'undo' } as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'redo' } as const) },
  { weight: 1, arbitrary: fc.constantFrom({ do: 'begin' } as const, { do: 'end' } as const) },
)
const turns = (people: number): fc.Arbitrary<[number, Turn][]> =>
  fc.array(fc.tuple(fc.nat({ max: people - 1 }), turn), { minLength: 40, maxLength: 150 })

/** Plays turns. Calls back after each. */
function play(
  people: readonly Person[],
  played: readonly [number, Turn][],
  afterTurn: (person: Person) => void = () => undefined,
): void {
  const steps = new Map<Person, { end(): void }[]>(people.map((person) => [person, []]))
  for (const [index, each] of played) {
    const person = people[index] as Person
    switch (each.do) {
      case 'act':
        person.edit(opOf(person, each.action))
        break
      case 'send':
        person.send()
        break
      case 'receive':
        person.receive(each.count)
        break
      case 'undo':
        person.undo()
        break
      case 'redo':
        person.redo()
        break
      case 'begin':
        steps.get(person)?.push(person.undoStack.begin())
        break
      case 'end':
        steps.get(person)?.pop()?.end()
        break
    }
    afterTurn(person)
  }
}

describe('people who work on one board at the same time', () => {
  for (const count of [2, 3]) {
    it(`X17: ${count} people end with the same board, undo and redo included`, { timeout: 60_000 }, () => {
      fc.assert(
        fc.property(turns(count), (played) => {
          const authority = new Authority()
          const people = Array.from({ length: count }, (_, i) => new Person(`p${i}`, authority))
          play(people, played)
          settle(authority, people)
          expect(authority.refusals).toEqual([])
          const board = seenOfBoard(new Board(authority.content))
          for (const person of people) expect(seenOfBoard(person.board)).toEqual(board)
        }),
        parameters(150),
      )
    })
  }

  it('X17: a board that follows each op shows what reading it whole shows', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(turns(2), (played) => {
        const authority = new Authority()
        const people = [new Person('anna', authority), new Person('ben', authority)]
        play(people, played, (person) => {
          expect(person.board.ordered).toEqual(readBoard(person.content))
        })
        for (const person of people)
          expect(seenOfBoard(person.board)).toEqual(seenOfBoard(new Board(person.content)))
      }),
      parameters(60),
    )
  })

  it(
    'X17: taking everything back leaves what others did, and doing it again ends the same for all',
    { timeout: 60_000 },
    () => {
      fc.assert(
        fc.property(turns(2), (played) => {
          const authority = new Authority()
          const people = [new Person('anna', authority), new Person('ben', authority)] as const
          play(people, played)
          settle(authority, people)
          while (people[0].undo() !== undefined) people[0].send()
          while (people[1].undo() !== undefined) people[1].receive(1)
          settle(authority, people)
          // Nobody has done anything that is not taken back, but for what each wrote over the other.
          while (people[0].redo() !== undefined) people[0].receive(1)
          settle(authority, people)
          expect(seenOfBoard(people[0].board)).toEqual(seenOfBoard(new Board(authority.content)))
        }),
        parameters(60),
      )
    },
  )
})
