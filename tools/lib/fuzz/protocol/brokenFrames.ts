import type { SeededRandom } from '../../../../tests/lib/simulation/seededRandom'
import { WILD_VALUES } from './wildOps'

/** What is put on the wire: text, or bytes with the flags of their frame. */
export type HostileFrame =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Buffer; readonly binary: boolean }
  /** One message in so many fragments. */
  | { readonly kind: 'fragments'; readonly text: string; readonly count: number }

const text = (content: string): HostileFrame => ({ kind: 'text', text: content })

/** A frame that no schema takes, made from a message that one takes. */
export function brokenFrame(message: Record<string, unknown>, random: SeededRandom): HostileFrame {
  const json = JSON.stringify(message)
  const ways: (() => HostileFrame)[] = [
    () => text(json.slice(0, random.below(json.length))),
    () => text(`${json}${json}`),
    () => text(JSON.stringify([message])),
    () => text(JSON.stringify(withWildField(message, random))),
    () => text(JSON.stringify(withWildField(message, random))),
    () => text(JSON.stringify(withWildField(message, random))),
    () => text(JSON.stringify(withoutField(message, random))),
    () => text(json.replace(/"type":"\w+"/, `"type":${JSON.stringify(random.pick(WILD_VALUES))}`)),
    () => text(json.replace('{', '{"__proto__":{"type":"leave"},"constructor":{"prototype":{"x":1}},')),
    () =>
      text(json.replace(/\d+/, random.pick(['1e999', '-1e999', 'NaN', '0x10', '1'.repeat(400), '.5']) ?? '')),
    () => text('['.repeat(50_000)),
    () => text(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`),
    () => text(json.replace(/"(\w+)":"/, '"$1":"\\ud800')),
    () =>
      text(random.pick(['', ' ', '\u0000', 'null', '0', '""', '{}', '[]', '\ufeff{}', 'undefined']) ?? ''),
    () => ({ kind: 'bytes', bytes: Buffer.from(json), binary: true }),
    () => ({ kind: 'bytes', bytes: Buffer.from(random.bytes(random.below(200))), binary: true }),
    () => ({ kind: 'bytes', bytes: Buffer.from([0x7b, 0xff, 0xfe, 0xc0, 0x80]), binary: false }),
  ]
  return (random.pick(ways) ?? ways[0])?.() ?? text('')
}

/** A message in a form that a server has to take: sometimes in fragments, or with fields it does not know. */
export function wholeFrame(message: Record<string, unknown>, random: SeededRandom): HostileFrame {
  const json = JSON.stringify(random.chance(0.1) ? { ...message, extra: random.pick(WILD_VALUES) } : message)
  return random.chance(0.05) ? { kind: 'fragments', text: json, count: 1 + random.below(6) } : text(json)
}

function withWildField(message: Record<string, unknown>, random: SeededRandom): Record<string, unknown> {
  const name = random.pick(Object.keys(message)) ?? 'type'
  return { ...message, [name]: random.pick(WILD_VALUES) }
}

function withoutField(message: Record<string, unknown>, random: SeededRandom): Record<string, unknown> {
  const name = random.pick(Object.keys(message))
  return Object.fromEntries(Object.entries(message).filter(([key]) => key !== name))
}
