import type { ServerMessageOf } from '../../shared/protocol/serverMessages'
import type { Person } from '../../shared/protocol/values'
import { Variable } from '../observable'

/** Who is in the room while this window is connected to it, itself among them. */
export class Roster {
  readonly people = new Variable<readonly Person[]>([])
  /** Of this window; undefined while it is in no room. */
  readonly sessionId = new Variable<string | undefined>(undefined)

  joined(people: readonly Person[], sessionId: string): void {
    this.sessionId.set(sessionId)
    this.people.set(people)
  }

  lost(): void {
    this.sessionId.set(undefined)
    this.people.set([])
  }

  received(message: ServerMessageOf<'person' | 'personLeft'>): void {
    const changed = message.type === 'person' ? message.person.sessionId : message.sessionId
    const others = this.people.value.filter(({ sessionId }) => sessionId !== changed)
    this.people.set(message.type === 'person' ? [...others, message.person] : others)
  }

  /** What others see of this window's person, as the server does not tell a window about itself. */
  changeSelf(change: Partial<Person>): void {
    const { value } = this.sessionId
    this.people.set(
      this.people.value.map((person) => (person.sessionId === value ? { ...person, ...change } : person)),
    )
  }
}
