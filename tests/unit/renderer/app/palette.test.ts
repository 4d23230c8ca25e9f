import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { initialsOf, PALETTE } from '../../../../src/renderer/app/palette'
import { PALETTE_SIZE } from '../../../../src/shared/protocol/values'
import {
  ciede2000,
  contrast,
  lab,
  LEAST_DIFFERENCE,
  linear,
  seen,
  SIGHTS,
  type Rgb,
} from '../../../lib/colourSight'

const styles = join(import.meta.dirname, '../../../../src/renderer/styles')
const palette = await readFile(join(styles, 'palette.css'), 'utf8')
const tokens = await readFile(join(styles, 'tokens.css'), 'utf8')
const [lightTokens = '', darkTokens = ''] = tokens.split("\n[data-theme='dark'] {")

interface Swatch {
  readonly person: Rgb
  readonly onPerson: Rgb
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

  it.each(Object.entries(SIGHTS))('X23: are told apart with %s cones', (_name, sight) => {
    const labs = colours.map(({ person }) => lab(seen(person, sight)))
    for (const [i, a] of labs.entries()) {
      for (const [j, b] of labs.entries())
        if (i < j) expect(ciede2000(a, b), `${i} and ${j}`).toBeGreaterThan(LEAST_DIFFERENCE)
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
