import { create } from 'qrcode'

/** A QR code as it is shown. */
export interface QrCode {
  /** Address of an SVG image, its white border included. */
  readonly src: string
  /** Side of the image in CSS pixels. */
  readonly side: number
}

/** Modules of white around a code that ISO 18004 asks for: without them a reader does not find it on a dark screen. */
const QUIET_ZONE = 4
/** CSS pixels of one module: each the same number of whole pixels, so that edges stay sharp. */
const SMALLEST_MODULE = 2
const LARGEST_MODULE = 8

/**
 * Draws a text as a QR code that takes at most `maxSide` CSS pixels. Undefined where it is too long for one.
 * The least error correction (7 %): a screen is neither torn nor dirty, and larger modules help a camera more.
 */
export function drawQrCode(text: string, maxSide: number): QrCode | undefined {
  let modules
  try {
    modules = create(text, { errorCorrectionLevel: 'L' }).modules
  } catch {
    // `qrcode` throws an Error without a code, and only where the text has more than 2,953 bytes.
    return undefined
  }
  const { size, data } = modules
  const whole = size + 2 * QUIET_ZONE
  const module = Math.min(LARGEST_MODULE, Math.max(SMALLEST_MODULE, Math.floor(maxSide / whole)))
  const path: string[] = []
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (data[y * size + x] === 1) path.push(`M${x + QUIET_ZONE} ${y + QUIET_ZONE}h1v1h-1z`)
    }
  }
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${whole} ${whole}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${whole}v${whole}H0z"/><path d="${path.join('')}"/></svg>`
  return { src: `data:image/svg+xml,${encodeURIComponent(svg)}`, side: whole * module }
}
