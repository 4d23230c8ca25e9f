import { randomBytes } from 'node:crypto'
import { toBase32 } from '../../shared/identity/encoding'

/**
 * Ids that stand for paths in one page load. With the page load they end, so that a page reaches only what its person
 * pointed to, and never knows where that is.
 */
export class PathIds {
  readonly #paths = new Map<string, string>()

  idOf(path: string): string {
    for (const [id, known] of this.#paths) if (known === path) return id
    const id = toBase32(randomBytes(16))
    this.#paths.set(id, path)
    return id
  }

  /** Undefined for an id of another page load. */
  pathOf(id: string): string | undefined {
    return this.#paths.get(id)
  }
}
