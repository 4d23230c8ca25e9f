import { formatRoomLink, roomLinkOfToken, webLinkOf } from '../../../shared/roomLink'
import { drawQrCode, type QrCode } from '../../app/qrCode'

/** An invite as it is handed to somebody. */
export interface InviteLink {
  /** Links for browsers, one for each address of the host, the one that most can reach first. The app takes each as well. */
  readonly ways: readonly WebWay[]
  /** Opens the app, which tries all addresses. */
  readonly app: string
  /** Certificate of the host, base64url; undefined where the system trusts it or there is no encryption. */
  readonly fingerprint: string | undefined
}

/** A browser knows one address only: that of its link. */
export interface WebWay {
  /** Host and port, as people read them. */
  readonly host: string
  readonly link: string
}

/** Side of a code in CSS pixels: what a phone of 360 has beside its margins. */
const QR_SIDE = 328

/** The links of a token. Undefined where the token is none. `plain`: browsers come in without encryption. */
export function inviteLinkOf(token: string, plain: boolean): InviteLink | undefined {
  const link = roomLinkOfToken(token)
  if (link === undefined) return undefined
  return {
    ways: link.origins.map((origin) => ({
      host: new URL(origin).host,
      link: webLinkOf(link, plain, origin),
    })),
    app: formatRoomLink(link, 'inkroom'),
    fingerprint: link.fingerprint,
  }
}

/** A link as a code to scan; undefined where it is too long for one. */
export function codeOfLink(link: string): QrCode | undefined {
  return drawQrCode(link, QR_SIDE)
}
