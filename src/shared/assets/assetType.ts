/** Kinds of pictures that are taken. No SVG: it is a document that can hold scripts and addresses. */
export const ASSET_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const

export type AssetType = (typeof ASSET_TYPES)[number]
