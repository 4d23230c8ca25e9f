import type { en } from './locales/en'

/** The same keys as English, with any text. */
type Shape<T> = { readonly [K in keyof T]: T[K] extends string ? string : Shape<T[K]> }

/** Every text of the app in one language. */
export type Messages = Shape<typeof en>

type PathOf<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Prefix}${K}` : PathOf<T[K], `${Prefix}${K}.`>
}[keyof T & string]

/** The path of one text, such as `home.host`. */
export type MessageKey = PathOf<typeof en>
