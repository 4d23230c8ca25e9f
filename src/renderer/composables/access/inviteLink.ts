import { formatRoomLink, roomLinkOfToken, webLinkOf } from '../../../shared/roomLink'
import { drawQrCode, type QrCode } from '../../app/qrCode'

/** An invite as it is handed to somebody. */
export interface InviteLink {
  /** Opened by a browser; the app takes it as well. */
  readonly web: string
  /** Opens the app. */
  readonly app: string
  /** `web` as a code to scan; undefined where it is too long for one. */
  readonly qr: QrCode | undefined
  /** Certificate of the host, base64url; undefined where the system trusts it or there is no encryption. */
  readonly fingerprint: string | undefined
}

/** Side of a code in CSS pixels: what a phone of 360 has beside its margins. */
const QR_SIDE = 328

/** The links of a token. Undefined where the token is none. `plain`: browsers come in without encryption. */
export function inviteLinkOf(token: string, plain: boolean): InviteLink | undefined {
  const link = roomLinkOfToken(token)
  if (link === undefined) return undefined
  const web = webLinkOf(link, plain)
  return {
    web,
    app: formatRoomLink(link, 'inkroom'),
    qr: drawQrCode(web, QR_SIDE),
    fingerprint: link.fingerprint,
  }
}
