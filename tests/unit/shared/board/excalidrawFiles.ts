/** Files of Excalidraw to test with. */
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { Board } from '../../../../src/shared/board/board'
import { importExcalidraw, type ImportedScene } from '../../../../src/shared/board/excalidraw'
import { pointsOfLine } from '../../../../src/shared/board/geometry'
import { createShapes } from '../../../../src/shared/board/ops'
import type { Point, Shape } from '../../../../src/shared/board/shape'
import { after, boardOf } from './shapes'

export const fixture = (name: string): string =>
  readFileSync(`tests/fixtures/excalidraw/${name}.excalidraw`, 'utf8')

export function read(text: string): ImportedScene {
  let count = 0
  return importExcalidraw(text, { newId: () => `new-${++count}` })
}

export function boardFrom(scene: ImportedScene): Board {
  const empty = boardOf()
  return after(empty, createShapes(empty, scene.shapes))
}

/** Elements of a file that are there, by id. */
export function elementsOf(text: string): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const file = JSON.parse(text) as { readonly elements: readonly Readonly<Record<string, unknown>>[] }
  return new Map(file.elements.map((element) => [String(element['id']), element]))
}

export function pathOf(shape: Shape | undefined): Point[] {
  if (shape?.type !== 'arrow' && shape?.type !== 'line') throw new Error('a line has a path')
  return pointsOfLine(shape)
}

/** Equal points, but for less than anybody sees. */
export function expectSamePath(actual: readonly Point[], expected: readonly Point[], within = 0.75): void {
  expect(actual).toHaveLength(expected.length)
  actual.forEach(({ x, y }, i) => {
    expect(Math.hypot(x - (expected[i]?.x ?? NaN), y - (expected[i]?.y ?? NaN))).toBeLessThan(within)
  })
}
