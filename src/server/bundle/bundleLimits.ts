/** Limits of what is read from a file. Every one is an option: unit, default and reason stand beside it. */
export interface BundleLimits {
  /** Files inside. 20,000: a room of 1,000 pages and 10,000 pictures has 13,000. */
  readonly maxEntries: number
  /** Bytes of all files inside, unpacked. 4 GiB: 2 GiB of pictures and as much of pages. */
  readonly maxUnpackedBytes: number
  /**
   * How many times its packed size a file inside may have, once it is larger than 1 MiB. 200: JSON of real pages packs to
   * a tenth, a page that is one letter over and over to a thousandth.
   */
  readonly maxRatio: number
  /** Bytes of the manifest. 4 MiB: 1,000 pages and 10,000 pictures take 1.5. */
  readonly maxManifestBytes: number
  /** Bytes of one update's line. 8 MiB: an op of 1 Mi UTF-16 units, escaped at its worst. */
  readonly maxLineBytes: number
}

export const DEFAULT_BUNDLE_LIMITS: BundleLimits = {
  maxEntries: 20_000,
  maxUnpackedBytes: 4 * 1024 ** 3,
  maxRatio: 200,
  maxManifestBytes: 4 * 1024 ** 2,
  maxLineBytes: 8 * 1024 ** 2,
}
