/**
 * The JSON values a record may hold, in one canonical form: keys of objects rise, -0 is 0. Two equal values have
 * one JSON text.
 */
import { OtError, type OtErrorCode } from '../otType'
import { isWellFormed } from '../text'

export type Json = null | boolean | number | string | JsonArray | JsonObject
export type JsonArray = readonly Json[]
export type JsonObject = { readonly [key: string]: Json }

/** An object used as a map. Read single keys with {@link own} only: `table.constructor` is not an entry. */
export type Table<V> = { readonly [key: string]: V }

/** How deep arrays and objects may lie inside a property: enough for a list of points or a style, not for a document. */
export const MAX_PROP_DEPTH = 4
/** Longest JSON text of one property, in UTF-16 units. Whatever grows belongs into texts and points. */
export const MAX_PROP_LENGTH = 16_384

/**
 * Names of records and of their parts. Plain ASCII, so that every language sorts them alike; no array index, as
 * JavaScript enumerates those first; not `__proto__`, which is no ordinary key in JavaScript.
 */
const NAME = /^[A-Za-z0-9_.:-]{1,64}$/
const ARRAY_INDEX = /^(?:0|[1-9][0-9]{0,9})$/

export function isName(text: string): boolean {
  return NAME.test(text) && text !== '__proto__' && !ARRAY_INDEX.test(text)
}

/** The value of an own property, never of the prototype. */
export function own<V>(table: Table<V> | undefined, key: string): V | undefined {
  return table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined
}

/** Keys of both tables, each once, rising. */
export function unionKeys(a: Table<unknown> = {}, b: Table<unknown> = {}): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()
}

/** A table of the entries whose value is not undefined, or undefined if there are none. Keys must come rising. */
export function tableOf<V>(
  keys: readonly string[],
  valueOf: (key: string) => V | undefined,
): Table<V> | undefined {
  const table: Record<string, V> = {}
  let isEmpty = true
  for (const key of keys) {
    const value = valueOf(key)
    if (value === undefined) continue
    table[key] = value
    isEmpty = false
  }
  return isEmpty ? undefined : table
}

/** A table with each value put through `map`; undefined for no table. */
export function mapTable<V, W>(
  table: Table<V> | undefined,
  map: (value: V, key: string) => W,
): Table<W> | undefined {
  return table && tableOf(Object.keys(table), (key) => map(table[key] as V, key))
}

/** True for equal JSON in canonical form. */
export function jsonEqual(a: Json, b: Json): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Parses values from outside; every error has the same code and says where the value stands. */
export class JsonReader {
  constructor(private readonly code: OtErrorCode) {}

  fail(where: string, allowed: string): never {
    throw new OtError(this.code, `${where}: ${allowed}`)
  }

  /** A plain object, all of whose keys are names. */
  table(value: unknown, where: string): Table<unknown> {
    if (!isObject(value)) this.fail(where, 'has to be an object')
    for (const key of Object.keys(value)) if (!isName(key)) this.fail(where, NAME_RULE)
    return value
  }

  /** A plain object with no keys but `allowed`. */
  fields(value: unknown, allowed: readonly string[], where: string): Table<unknown> {
    const table = this.table(value, where)
    for (const key of Object.keys(table)) {
      if (!allowed.includes(key)) this.fail(where, `may have ${allowed.join(', ')}, not ${key}`)
    }
    return table
  }

  /** The entries of an optional table, parsed and sorted. What parses to `undefined` is left out. */
  parts<V>(
    value: unknown,
    where: string,
    parse: (value: unknown, where: string) => V | undefined,
  ): Table<V> | undefined {
    if (value === undefined) return undefined
    const table = this.table(value, where)
    return tableOf(Object.keys(table).sort(), (key) => parse(table[key], `${where}.${key}`))
  }

  name(value: unknown, where: string): string {
    return typeof value === 'string' && isName(value) ? value : this.fail(where, NAME_RULE)
  }

  text(value: unknown, where: string): string {
    if (typeof value !== 'string' || !isWellFormed(value))
      return this.fail(where, 'has to be well-formed text')
    return value
  }

  finite(value: unknown, where: string): number {
    if (typeof value !== 'number' || !Number.isFinite(value))
      return this.fail(where, 'has to be a finite number')
    return value === 0 ? 0 : value
  }

  /** A list of finite numbers: the same list where all are in canonical form, as a board has half a million of them. */
  numbers(values: readonly unknown[], where: string): readonly number[] {
    const isCanonical = values.every((value) => Number.isFinite(value) && !Object.is(value, -0))
    return isCanonical ? (values as readonly number[]) : values.map((value) => this.finite(value, where))
  }

  /** The value of a property in canonical form. */
  prop(value: unknown, where: string): Json {
    const json = this.json(value, where, MAX_PROP_DEPTH)
    if (typeof json === 'string' ? json.length > MAX_PROP_LENGTH : isLong(json))
      return this.fail(where, `may be ${MAX_PROP_LENGTH} UTF-16 units of JSON`)
    return json
  }

  private json(value: unknown, where: string, depth: number): Json {
    if (value === null || typeof value === 'boolean') return value
    if (typeof value === 'string') return this.text(value, where)
    if (typeof value === 'number') return this.finite(value, where)
    if (depth === 0) return this.fail(where, `may be ${MAX_PROP_DEPTH} arrays or objects deep`)
    if (Array.isArray(value)) return value.map((item: unknown) => this.json(item, where, depth - 1))
    const table = this.table(value, where)
    return (
      tableOf(Object.keys(table).sort(), (key) => this.json(table[key], `${where}.${key}`, depth - 1)) ?? {}
    )
  }
}

const NAME_RULE = 'names are 1 to 64 of A-Z a-z 0-9 _ . : -, neither a plain whole number nor __proto__'

function isObject(value: unknown): value is Table<unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isLong(json: Json): boolean {
  return typeof json === 'object' && json !== null && JSON.stringify(json).length > MAX_PROP_LENGTH
}
