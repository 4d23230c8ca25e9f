import type { WriteStream } from 'node:tty'

/** Milliseconds between two lines where there is no terminal to redraw one in. */
const LINE_INTERVAL_MS = 5_000
const REDRAW_INTERVAL_MS = 100

export interface ProgressDisplay {
  /** Says that `done` of `all` are done. Cheap: most calls show nothing. */
  readonly show: (done: number, all: number, doing: string) => void
  /** Leaves the line. */
  readonly end: () => void
}

/** Shows progress: in place on a terminal, else as a line now and then. */
export function createProgress(stream: WriteStream): ProgressDisplay {
  const interval = stream.isTTY ? REDRAW_INTERVAL_MS : LINE_INTERVAL_MS
  let shownAt = -Infinity
  let shown = ''
  let open = false
  return {
    show(done, all, doing) {
      const now = performance.now()
      if (now - shownAt < interval && doing === shown) return
      shownAt = now
      shown = doing
      const text = all <= 1 ? doing : `${done} of ${all} ${doing}`
      stream.write(stream.isTTY ? `\r\x1b[K${text}` : `${text}\n`)
      open = stream.isTTY
    },
    end() {
      if (open) stream.write('\r\x1b[K')
      open = false
    },
  }
}
