import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { initialsOf, PALETTE } from '../../../../src/renderer/app/palette'
import { PALETTE_SIZE } from '../../../../src/shared/protocol/values'

type Rgb = readonly [number, number, number]

const styles = join(import.meta.dirname, '../../../../src/renderer/styles')
const palette = await readFile(join(styles, 'palette.css'), 'utf8')
const tokens = await readFile(join(styles, 'tokens.css'), 'utf8')
const [lightTokens = '', darkTokens = ''] = tokens.split("\n[data-theme='dark'] {")

interface Swatch {
  readonly person: Rgb
  readonly onPerson: Rgb
}

/** Linear light of a colour written #rrggbb. */
function linear(hex: string): Rgb {
  const part = (at: number): number => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [part(1), part(3), part(5)]
}

function swatches(theme: 'light' | 'dark'): Swatch[] {
  const prefix = theme === 'dark' ? "\\[data-theme='dark'\\] " : '^'
  const pattern = new RegExp(
    `${prefix}\\.person-\\d+ \\{\\s*--person: (#\\w+);\\s*--on-person: (#\\w+);`,
    'gm',
  )
  return [...palette.matchAll(pattern)].map(([, person = '', onPerson = '']) => ({
    person: linear(person),
    onPerson: linear(onPerson),
  }))
}

const token = (css: string, name: string): Rgb =>
  linear(new RegExp(`--${name}: (#\\w{6});`).exec(css)?.[1] ?? '')
const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b

function contrast(a: Rgb, b: Rgb): number {
  const [x, y] = [luminance(a), luminance(b)]
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
}

/** How colours look without one of the three kinds of cones (Machado, Oliveira and Fernandes, 2009). */
const SIGHTS: Readonly<Record<string, readonly Rgb[]>> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'red-blind': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'green-blind': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'blue-blind': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

function seen(colour: Rgb, sight: readonly Rgb[]): Rgb {
  const [r = 0, g = 0, b = 0] = sight.map((row) =>
    Math.min(1, Math.max(0, row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2])),
  )
  return [r, g, b]
}

/** CIE L*a*b*, in which distances are about what the eye sees. */
function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
  const y = f(luminance([r, g, b]))
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

const distance = (a: Rgb, b: Rgb): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])

describe.each([
  ['light' as const, lightTokens],
  ['dark' as const, darkTokens],
])('the participants’ colours in the %s theme', (theme, css) => {
  const colours = swatches(theme)

  it('are as many as the protocol has, and each has a name', () => {
    expect(colours).toHaveLength(PALETTE_SIZE)
    expect(new Set(PALETTE).size).toBe(PALETTE_SIZE)
  })

  it('stand out from page and desk by 3:1', () => {
    for (const { person } of colours) {
      expect(contrast(person, token(css, 'sheet'))).toBeGreaterThanOrEqual(3)
      expect(contrast(person, token(css, 'desk'))).toBeGreaterThanOrEqual(3)
    }
  })

  it('carry text that stands out by 4.5:1', () => {
    for (const { person, onPerson } of colours) expect(contrast(person, onPerson)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(Object.entries(SIGHTS))('are told apart with %s cones', (_name, sight) => {
    const labs = colours.map(({ person }) => lab(seen(person, sight)))
    for (const [i, a] of labs.entries()) {
      for (const [j, b] of labs.entries())
        if (i < j) expect(distance(a, b), `${i} and ${j}`).toBeGreaterThan(16)
    }
  })
})

describe.each([
  ['light', lightTokens],
  ['dark', darkTokens],
])('the text colours of the %s theme', (_theme, css) => {
  it.each([
    ['ink', 'sheet'],
    ['ink', 'desk'],
    ['ink', 'raised'],
    ['ink-soft', 'sheet'],
    ['ink-soft', 'desk'],
    ['ink-soft', 'raised'],
    ['ink-faint', 'sheet'],
    ['ink-faint', 'raised'],
    ['on-accent', 'accent'],
    ['on-accent', 'accent-hover'],
    ['accent', 'sheet'],
    ['accent', 'accent-soft'],
    ['on-danger', 'danger'],
    ['danger', 'sheet'],
    ['danger', 'danger-soft'],
    ['ink', 'danger-soft'],
    ['ink', 'warning-soft'],
    ['warning', 'warning-soft'],
    ['good', 'sheet'],
    ['ink', 'selection'],
    ['ink', 'search-match'],
    ['ink', 'search-match-on'],
    ['code-keyword', 'sheet'],
    ['code-string', 'sheet'],
    ['code-number', 'sheet'],
    ['code-name', 'sheet'],
    ['code-type', 'sheet'],
  ])('%s on %s has 4.5:1', (text, ground) => {
    expect(contrast(token(css, text), token(css, ground))).toBeGreaterThanOrEqual(4.5)
  })

  it('edges of controls have 3:1', () => {
    expect(contrast(token(css, 'line-control'), token(css, 'raised'))).toBeGreaterThanOrEqual(3)
    expect(contrast(token(css, 'line-control'), token(css, 'sheet'))).toBeGreaterThanOrEqual(3)
  })
})

describe('initials', () => {
  it.each([
    ['Anna', 'A'],
    ['Ben Okafor', 'BO'],
    ['anna maria lopez', 'AL'],
    ['李雷', '李'],
    ['😀 smile', '😀'],
    ['  ', ''],
  ])('of %j are %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })
})
