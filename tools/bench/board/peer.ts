/** The canvases that are compared, each a page of the package in peers/. */
export const PEER_NAMES = ['excalidraw', 'tldraw'] as const
export type PeerName = (typeof PEER_NAMES)[number]

/** What the page of each offers the benchmark as `window.peer`. */
export interface Peer {
  /** Puts shapes onto its board, in its own terms. */
  show(shapes: unknown): void
  view(name: 'all' | 'full'): void
  tool(name: 'select' | 'draw'): void
  state(): PeerState
  /** Takes off what was drawn since {@link show}. */
  takeBack(): void
}

export interface PeerState {
  readonly x: number
  readonly y: number
  /** 1 is 100 %. */
  readonly zoom: number
  readonly shapes: number
}

declare global {
  interface Window {
    readonly peer?: Peer
  }
}
