/** Pixels of a code's SVG image at a size in CSS pixels, as a screen of one pixel per CSS pixel shows them. */
export function rasterise(src: string, side: number): { width: number; height: number; data: Uint8Array } {
  const svg = decodeURIComponent(src.slice(src.indexOf(',') + 1))
  const units = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1])
  const scale = side / units
  const data = new Uint8Array(side * side * 4).fill(255)
  for (const [, x, y] of svg.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
      for (let column = Number(x) * scale; column < (Number(x) + 1) * scale; column++) {
        data.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3)
      }
    }
  }
  return { width: side, height: side, data }
}
