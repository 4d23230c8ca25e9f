import type { z } from 'zod'

/** The part of localStorage that is used. */
export type KeyValueStore = Pick<Storage, 'getItem' | 'setItem'>

/** A JSON value in localStorage. Undefined where there is none, or none that can be used. */
export function readStored<T>(store: KeyValueStore, key: string, schema: z.ZodType<T>): T | undefined {
  const text = store.getItem(key)
  if (text === null) return undefined
  const parsed = schema.safeParse(jsonOrUndefined(text))
  return parsed.success ? parsed.data : undefined
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/**
 * localStorage, or for a browser that has it switched off (reading the property then throws) one that lasts as long as
 * the page.
 */
export function browserStore(): KeyValueStore {
  try {
    window.localStorage.getItem('inkroom')
    return window.localStorage
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    const values = new Map<string, string>()
    return { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => void values.set(key, value) }
  }
}
