import { fromBase64Url } from '../../shared/identity/encoding'

/** Pairs in one line of a fingerprint: four lines of eight are compared without losing the place. */
const PAIRS_IN_LINE = 8

/** A fingerprint as browsers show it, `3F:A2:…`, in lines of eight pairs. */
export function fingerprintLines(fingerprint: string): readonly string[] {
  const pairs = [...fromBase64Url(fingerprint)].map((byte) =>
    byte.toString(16).padStart(2, '0').toUpperCase(),
  )
  return Array.from({ length: Math.ceil(pairs.length / PAIRS_IN_LINE) }, (_, line) =>
    pairs.slice(line * PAIRS_IN_LINE, (line + 1) * PAIRS_IN_LINE).join(':'),
  )
}
