/*
 * `node scripts/icons.mjs`: draws the icons in resources/ anew from the SVGs there. The results are committed, since a
 * machine that packages the app need not have a browser to draw with.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './bootstrap/paths.mjs'
import { runMain, say } from './bootstrap/report.mjs'
import { ICNS_ENTRIES, toIcns } from './packaging/icns.mjs'
import { chromiumProgram } from './runtime.mjs'

const RESOURCES = join(ROOT, 'resources')
/** Up to this side, in pixels, the drawing for small icons is used. */
const SMALL = 32
/** Sizes of the icon theme of Linux desktops. */
const LINUX_SIDES = [16, 22, 24, 32, 48, 64, 96, 128, 256, 512]
/** More than 256 pixels does not fit into the format of Windows. */
const WINDOWS_SIDES = [16, 20, 24, 32, 40, 48, 64, 128, 256]
/** On macOS an icon leaves room for its shadow around it: a tenth on each side. */
const MAC_VIEW = '-28 -28 568 568'

/** @typedef {(svg: string, side: number) => Promise<Buffer>} Draw */

await runMain(async () => {
  const { chromium } = await import('playwright-core')
  const browser = await chromium.launch({ executablePath: chromiumProgram(), args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    await drawAll(async (svg, side) => {
      await page.setViewportSize({ width: side, height: side })
      await page.setContent(
        `<style>*{margin:0}svg{display:block;width:${side}px;height:${side}px}</style>${svg}`,
      )
      return page.screenshot({ omitBackground: true, clip: { x: 0, y: 0, width: side, height: side } })
    })
  } finally {
    await browser.close()
  }
})

/** @param {Draw} draw */
async function drawAll(draw) {
  const large = svgOf('icon.svg')
  const small = svgOf('icon-small.svg')
  const document = svgOf('icon-document.svg')
  const app = (/** @type {number} */ side) => draw(side <= SMALL ? small : large, side)
  const onMac = (/** @type {number} */ side) =>
    draw(side <= SMALL ? small : large.replace('0 0 512 512', MAC_VIEW), side)

  await writeSet('icons', app)
  await writeSet('document-icons', (side) => draw(document, side))
  write('icon.png', await app(512))
  await writeIco('icon.ico', app)
  await writeIco('document.ico', (side) => draw(document, side))
  await writeIcns('icon.icns', onMac)
  await writeIcns('document.icns', (side) => draw(document, side))
}

/**
 * @param {string} folder
 * @param {(side: number) => Promise<Buffer>} draw
 */
async function writeSet(folder, draw) {
  rmSync(join(RESOURCES, folder), { recursive: true, force: true })
  mkdirSync(join(RESOURCES, folder))
  for (const side of LINUX_SIDES) write(join(folder, `${side}x${side}.png`), await draw(side))
}

/**
 * @param {string} file
 * @param {(side: number) => Promise<Buffer>} draw
 */
async function writeIco(file, draw) {
  const { default: pngToIco } = await import('png-to-ico')
  /** @type {Buffer[]} */
  const pngs = []
  for (const side of WINDOWS_SIDES) pngs.push(await draw(side))
  write(file, await pngToIco(pngs))
}

/**
 * @param {string} file
 * @param {(side: number) => Promise<Buffer>} draw
 */
async function writeIcns(file, draw) {
  /** @type {Map<number, Buffer>} */
  const pngs = new Map()
  for (const { side } of ICNS_ENTRIES) if (!pngs.has(side)) pngs.set(side, await draw(side))
  write(
    file,
    toIcns((side) => pngs.get(side) ?? Buffer.alloc(0)),
  )
}

/**
 * @param {string} name
 * @returns {string}
 */
function svgOf(name) {
  return readFileSync(join(RESOURCES, name), 'utf8')
}

/**
 * @param {string} name
 * @param {Buffer} content
 */
function write(name, content) {
  writeFileSync(join(RESOURCES, name), content)
  say(`resources/${name}`)
}
