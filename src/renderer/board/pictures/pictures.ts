import type { AssetClient, AssetState } from '../../../client/api'
import { decodePicture, type DecodePicture, type Pixels } from './decodePicture'
import { PixelCache } from './pixelCache'
import type { PictureCaption, PictureLook, PictureSource } from './pictureLook'

/** Pictures beyond this many, out of view, are not followed any more: the engine may let go of their bytes. */
const MAX_FOLLOWED = 60

type DrawablePixels = Pixels & CanvasImageSource

export interface PicturesOptions {
  readonly assets: AssetClient
  /** Most bytes of pixels that are kept. */
  readonly maxBytes: number
  captionOf(look: PictureLook): PictureCaption | undefined
  readonly decode?: DecodePicture<DrawablePixels>
}

interface Followed {
  state: AssetState
  /** What was told of it last: see {@link marksOf}. */
  marks: string
  readonly stop: () => void
}

/** The pictures of one board on the screen: follows where each is on its way, and keeps those in view as pixels. */
export class Pictures implements PictureSource {
  /** Called when a picture looks different. */
  onChange: ((assetId: string) => void) | undefined
  readonly #followed = new Map<string, Followed>()
  readonly #pixels: PixelCache<DrawablePixels>

  constructor(private readonly options: PicturesOptions) {
    this.#pixels = new PixelCache({
      maxBytes: options.maxBytes,
      decode: options.decode ?? decodePicture,
      bytesOf: (id) => this.#bytesOf(id),
      changed: (id) => this.onChange?.(id),
    })
  }

  look(assetId: string, side: number): PictureLook {
    return this.#lookOf(assetId, () => this.#pixels.get(assetId, side))
  }

  /** How a picture stands, for words about it: asks for no pixels. */
  stateOf(assetId: string): PictureLook {
    return this.#lookOf(assetId, () => this.#pixels.peek(assetId))
  }

  #lookOf(assetId: string, pixelsOf: () => CanvasImageSource | 'broken' | undefined): PictureLook {
    const { state } = this.#follow(assetId)
    switch (state.state) {
      case 'loading':
        return { kind: 'loading', progress: state.progress }
      case 'waiting':
        return { kind: 'waiting' }
      case 'failed':
        return { kind: 'failed', code: state.code }
      case 'ready': {
        const pixels = pixelsOf()
        if (pixels === undefined) return { kind: 'opening' }
        if (pixels === 'broken') return { kind: 'broken' }
        return { kind: 'shown', image: pixels, upload: state.upload }
      }
    }
  }

  captionOf(look: PictureLook): PictureCaption | undefined {
    return this.options.captionOf(look)
  }

  /** Asks once more for a picture that could not be fetched; false for others. */
  retry(assetId: string): boolean {
    const known = this.#followed.get(assetId)
    if (known?.state.state !== 'failed') return false
    known.stop()
    this.#followed.delete(assetId)
    this.#follow(assetId)
    this.onChange?.(assetId)
    return true
  }

  /** Which pictures are in view or near it; memory of the others is given back when it is needed. */
  see(visible: ReadonlySet<string>): void {
    this.#pixels.see(visible)
    for (const [id, { state, stop }] of this.#followed) {
      if (this.#followed.size <= MAX_FOLLOWED) return
      if (visible.has(id) || state.state !== 'ready' || state.upload !== undefined) continue
      stop()
      this.#followed.delete(id)
      this.#pixels.forget(id)
    }
  }

  /** What is written about pictures has changed: those with words on them are drawn anew. */
  repaint(): void {
    for (const [id, { state }] of this.#followed)
      if (state.state !== 'ready' || state.upload !== undefined) this.onChange?.(id)
  }

  stop(): void {
    this.onChange = undefined
    for (const { stop } of this.#followed.values()) stop()
    this.#followed.clear()
    this.#pixels.stop()
  }

  #follow(assetId: string): Followed {
    const known = this.#followed.get(assetId)
    if (known !== undefined) return known
    const observable = this.options.assets.watch(assetId)
    const followed: Followed = {
      state: observable.value,
      marks: marksOf(observable.value),
      stop: observable.subscribe((state) => {
        followed.state = state
        const marks = marksOf(state)
        if (marks === followed.marks) return
        followed.marks = marks
        this.onChange?.(assetId)
      }),
    }
    this.#followed.set(assetId, followed)
    return followed
  }

  #bytesOf(assetId: string): Blob | undefined {
    const state = this.#followed.get(assetId)?.state
    if (state?.state !== 'ready') return undefined
    return new Blob([Uint8Array.from(state.bytes)], { type: state.mimeType })
  }
}

/** What of a state is to be seen: progress in whole percents, so that pieces that arrive paint no more often. */
function marksOf(state: AssetState): string {
  switch (state.state) {
    case 'loading':
      return `loading ${percentOf(state.progress)}`
    case 'waiting':
      return 'waiting'
    case 'failed':
      return `failed ${state.code}`
    case 'ready':
      return `ready ${percentOf(state.upload)}`
  }
}

/** A share as a whole percentage; empty for none. */
export function percentOf(share: number | undefined): string {
  return share === undefined ? '' : String(Math.round(Math.min(1, Math.max(0, share)) * 100))
}
