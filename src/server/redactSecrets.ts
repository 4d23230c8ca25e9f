/** What takes the place of a secret. */
const REMOVED = '[removed]'

/** Fields whose text proves something: keys, signatures and what they sign, tokens. */
const SECRET_FIELDS = 'privateKey|encrypted|plain|signature|nonce|token|invite|proof|challenge'

/** `"field":"value"`, also inside a string of JSON in a string of JSON, where the quotes have backslashes. */
const SECRET_FIELD = new RegExp(String.raw`(\\*")(${SECRET_FIELDS})\1\s*:\s*\1(?:(?!\1).)*\1`, 'g')
/** `field: 'value'`, as Node prints objects. */
const PRINTED_FIELD = new RegExp(String.raw`\b(${SECRET_FIELDS}): '[^']*'`, 'g')
/** A token in the fragment or the query of a link. */
const SECRET_PARAMETER = new RegExp(String.raw`([?&#](?:${SECRET_FIELDS})=)[^\s"'&#\\]+`, 'g')
/** A JSON Web Signature: its header is JSON and begins with `{"`. */
const SIGNED_TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g

/** A line of a log without what would let its reader enter a room or sign. Ids and addresses stay. */
export function redactSecrets(line: string): string {
  return line
    .replace(SECRET_FIELD, `$1$2$1:$1${REMOVED}$1`)
    .replace(PRINTED_FIELD, `$1: '${REMOVED}'`)
    .replace(SECRET_PARAMETER, `$1${REMOVED}`)
    .replace(SIGNED_TOKEN, REMOVED)
}
