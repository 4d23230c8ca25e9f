/** Bytes as a `data:` address. */
export function toDataUrl(bytes: Uint8Array, mimeType: string): string {
  let binary = ''
  // In parts: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += PART)
    binary += String.fromCharCode(...bytes.subarray(at, at + PART))
  return `data:${mimeType};base64,${btoa(binary)}`
}

/** Characters made by one call. */
const PART = 0x8000

/** The bytes of a `data:` address in base64. Throws a DOMException where it is none. */
export function fromDataUrl(address: string): Uint8Array<ArrayBuffer> {
  const binary = atob(address.slice(address.indexOf(',') + 1))
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}
