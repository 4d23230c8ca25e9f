import fc from 'fast-check'

/** A frame: any text, any JSON, and JSON that looks like a message. */
export function frames(types: readonly string[]): fc.Arbitrary<string> {
  const known = fc.constantFrom(
    ...['type', 'pageId', 'roomId', 'clientId', 'windowId', 'version', 'hash', 'seq', 'after', 'op', 'place'],
    ...[
      'name',
      'colour',
      'known',
      'wants',
      'clients',
      'updates',
      'head',
      'more',
      'protocol',
      'nonce',
      'limits',
    ],
    ...[
      'request',
      'token',
      'title',
      'signature',
      'deviceKey',
      'people',
      'person',
      'code',
      'detail',
      '__proto__',
    ],
  )
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('pages', 'a'.repeat(26), 'f'.repeat(64), 'A'.repeat(86), '\ud800', -0, 2 ** 53),
  )
  const message = fc
    .tuple(fc.constantFrom(...types), fc.dictionary(known, value))
    .map(([type, fields]) => JSON.stringify({ ...fields, type }))
  return fc.oneof(
    fc.string(),
    fc.json(),
    fc.jsonValue().map((json) => JSON.stringify(json)),
    message,
  )
}
