export type PageListErrorCode = 'title-too-long' | 'page-unknown' | 'page-exists'

/** Something the page list does not allow. `code` is stable; the message is English, for logs and developers. */
export class PageListError extends Error {
  override readonly name = 'PageListError'
  constructor(
    readonly code: PageListErrorCode,
    message: string,
  ) {
    super(message)
  }
}
