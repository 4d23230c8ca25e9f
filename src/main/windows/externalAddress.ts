const ALLOWED_PROTOCOLS = new Set(['http:', 'https:', 'mailto:'])

/** Whether an address may be handed to the system: other schemes can start programs. */
export function isExternalAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  if (!ALLOWED_PROTOCOLS.has(url.protocol)) return false
  return url.protocol === 'mailto:' || (url.hostname !== '' && url.username === '' && url.password === '')
}
