import type { Page } from 'playwright-core'

/** A picture of the preview. */
export interface Shot {
  readonly query: string
  readonly width?: number
  readonly height?: number
  readonly touch?: boolean
  readonly act?: (page: Page) => Promise<void>
}

export const PHONE = { width: 360, height: 740, touch: true }
