/** What can be drawn of a picture now. */
export type PictureLook =
  | {
      readonly kind: 'shown'
      readonly image: CanvasImageSource
      /** 0 to 1 while it is sent to the server; undefined once the server has it. */
      readonly upload: number | undefined
    }
  /** Its bytes are here, its pixels in a moment. */
  | { readonly kind: 'opening' }
  /** 0 to 1; undefined while nothing came yet. */
  | { readonly kind: 'loading'; readonly progress: number | undefined }
  /** The server does not have it yet, or there is no connection. */
  | { readonly kind: 'waiting' }
  /** It cannot be fetched now. `code`: why, of the protocol's list. */
  | { readonly kind: 'failed'; readonly code: string }
  /** Its bytes are here, and no picture. */
  | { readonly kind: 'broken' }
  /** The shape names no picture. */
  | { readonly kind: 'missing' }

/** What is written in place of a picture, or on it. */
export interface PictureCaption {
  readonly title: string
  /** Left out where there is no room for it. */
  readonly detail?: string
}

/** Where drawing gets pictures from. */
export interface PictureSource {
  /** `side`: device pixels of the longer side on the screen. */
  look(assetId: string, side: number): PictureLook
  captionOf(look: PictureLook): PictureCaption | undefined
}

/** For drawings without pictures. */
export const NO_PICTURES: PictureSource = {
  look: () => ({ kind: 'opening' }),
  captionOf: () => undefined,
}
