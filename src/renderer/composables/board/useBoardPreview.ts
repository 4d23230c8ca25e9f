import { onBeforeUnmount, onMounted, watch, type ShallowRef } from 'vue'
import { fitBox } from '../../board/camera'
import { boardColours } from '../../board/draw/colours'
import { drawPreview } from '../../board/preview/boardPreview'
import type { OpenBoardPage } from '../openBoardPage'
import { onPixelRatio } from './onPixelRatio'
import { useBoardTheme } from './useBoardTheme'

/** Draws the picture that was kept of a board as the board will be shown, and tells the page once it is seen. */
export function useBoardPreview(
  element: Readonly<ShallowRef<HTMLCanvasElement | null>>,
  page: OpenBoardPage,
): void {
  const stops: (() => void)[] = []
  const theme = useBoardTheme()

  onMounted(() => {
    const canvas = element.value
    const context = canvas?.getContext('2d', { alpha: false })
    if (canvas === null || context === null || context === undefined) return page.previewSeen()
    const draw = (): void => {
      const { width, height } = canvas.getBoundingClientRect()
      const preview = page.preview.value
      if (width === 0 || height === 0 || preview === undefined) return
      const density = window.devicePixelRatio
      canvas.width = Math.max(1, Math.round(width * density))
      canvas.height = Math.max(1, Math.round(height * density))
      drawPreview(
        context,
        preview,
        boardColours(theme.value).paper,
        fitBox(preview.bounds, { width, height }),
        density,
      )
    }
    draw()
    const observer = new ResizeObserver(draw)
    observer.observe(canvas)
    // After the frame that has it: what comes next may keep the window busy for long.
    const frame = requestAnimationFrame(() => setTimeout(() => page.previewSeen()))
    stops.push(
      () => observer.disconnect(),
      () => cancelAnimationFrame(frame),
      onPixelRatio(window, draw),
    )
  })
  // The picture is of the other theme.
  watch(theme, () => page.dropPreview())
  onBeforeUnmount(() => {
    for (const stop of stops) stop()
  })
}
