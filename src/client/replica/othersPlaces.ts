import type { AnyOtType } from '../../shared/ot/anyType'
import { OtError } from '../../shared/ot/otType'
import { parsePlace, transformPlace, type Place } from '../../shared/ot/places'
import { Variable } from '../observable'

/** Where other sessions are in a page, in coordinates of the content shown. Keys are session ids. */
export class OthersPlaces extends Variable<ReadonlyMap<string, Place<unknown>>> {
  readonly #type: AnyOtType

  constructor(type: AnyOtType) {
    super(new Map())
    this.#type = type
  }

  /** Takes places at the confirmed version; null takes one away. A place that is none is left out. */
  update(
    people: readonly { sessionId: string; place?: unknown }[],
    toShown: (place: Place<unknown>) => Place<unknown>,
  ): void {
    const next = new Map(this.value)
    for (const { sessionId, place } of people) {
      const parsed = place === undefined || place === null ? undefined : this.#parse(place)
      if (parsed === undefined) next.delete(sessionId)
      else next.set(sessionId, toShown(parsed))
    }
    this.set(next)
  }

  /** The content shown has changed. */
  shift(op: unknown): void {
    if (this.value.size === 0) return
    this.set(
      new Map(
        [...this.value].map(([sessionId, place]) => [sessionId, transformPlace(this.#type, place, op)]),
      ),
    )
  }

  clear(): void {
    if (this.value.size > 0) this.set(new Map())
  }

  #parse(place: unknown): Place<unknown> | undefined {
    try {
      return parsePlace(this.#type, place)
    } catch (error) {
      if (error instanceof OtError) return undefined
      throw error
    }
  }
}
