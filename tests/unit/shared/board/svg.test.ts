import { describe, expect, it } from 'vitest'
import { clippingFrame, createShapes } from '../../../../src/shared/board/ops'
import { shapesToSvg } from '../../../../src/shared/board/svg'
import { plainLook } from './look'
import { after, arrow, boardOf, rectangle, stroke } from './shapes'

describe('drawing shapes as SVG', () => {
  const everything = boardOf(
    { id: 'frame', type: 'frame', x: -50, y: -50, width: 900, height: 500, label: 'All of it' },
    rectangle('box', 0, 0, {
      fill: 'red',
      fillStyle: 'hatch',
      round: true,
      width: 230,
      label: '<b>"A"</b> & more',
    }),
    {
      id: 'round',
      type: 'ellipse',
      x: 200,
      y: 0,
      width: 100,
      height: 60,
      fill: 'blue',
      dash: 'dotted',
      angle: 1,
    },
    { id: 'choice', type: 'diamond', x: 400, y: 0, width: 100, height: 60, fill: 'teal', fillStyle: 'cross' },
    { id: 'note', type: 'note', x: 600, y: 0, width: 120, height: 120, label: 'Note' },
    { id: 'text', type: 'text', x: 0, y: 200, label: 'two\nlines', align: 'right' },
    {
      id: 'curve',
      type: 'line',
      x: 0,
      y: 300,
      points: [0, 0, 50, 40, 90, 0],
      curved: true,
      closed: true,
      fill: 'pink',
    },
    { ...arrow('way', 'box', 'round'), startHead: 'dot', endHead: 'diamond', label: 'leads to' },
    {
      id: 'arrows',
      type: 'arrow',
      x: 0,
      y: 0,
      points: [0, 0, 9, 300],
      startHead: 'bar',
      endHead: 'triangle',
    },
    stroke('ink'),
    {
      id: 'marker',
      type: 'highlight',
      x: 0,
      y: 400,
      path: [0, 0, 0.5, 90, 2, 0.5],
      stroke: 'yellow',
      opacity: 0.5,
    },
    { id: 'dot', type: 'highlight', x: 0, y: 400, path: [0, 0, 0.5] },
    {
      id: 'picture',
      type: 'image',
      x: 300,
      y: 300,
      width: 80,
      height: 60,
      assetId: 'known',
      flipX: true,
      label: 'A cat',
    },
    {
      id: 'missing',
      type: 'image',
      x: 400,
      y: 300,
      width: 80,
      height: 60,
      assetId: 'gone',
      frameId: 'frame',
    },
  )
  const { text, box } = shapesToSvg(everything.ordered, {
    look: plainLook,
    clipOf: (shape) => clippingFrame(everything, shape)?.box,
  })

  it('X20: every shape is drawn, with its label, in a box that holds it', () => {
    expect(box.x).toBeLessThan(-50)
    expect(box.y).toBeLessThan(-74)
    for (const label of ['All of it', 'Note', 'two', 'lines', 'leads to', 'A cat'])
      expect(text).toContain(`>${label}<`)
    expect(text).toContain('href="data:image/png;base64,AAAA"')
    expect(text).toContain('scale(-1 1)')
    expect(text).toContain('clip-path="url(#clip-13)"')
    expect(text).toContain('fill="light-blue"')
    expect(text.match(/<circle/g)).toHaveLength(1)
    expect(text).not.toMatch(/NaN|undefined|Infinity/)
  })

  it('X20: the drawing is well-formed and holds nothing that runs or is fetched', () => {
    const open: string[] = []
    for (const [, close, name, , selfClosing] of text.matchAll(
      /<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
    )) {
      if (close === '/') expect(open.pop()).toBe(name)
      else if (selfClosing !== '/') open.push(name ?? '')
    }
    expect(open).toEqual([])
    expect(text).toContain('>&lt;b&gt;&quot;A&quot;&lt;/b&gt; &amp; more<')
    expect(text).not.toMatch(/<script|<foreignObject|\son\w+=|https?:\/\/(?!www\.w3\.org\/2000\/svg)/)
  })

  it('X20: text that XML cannot hold is left out', () => {
    const board = boardOf()
    const odd = after(
      board,
      createShapes(board, [{ id: 'a', type: 'text', label: 'bell\u0007 \uFFFF]]> end' }]),
    )
    expect(shapesToSvg(odd.ordered, { look: plainLook }).text).toContain('>bell ]]&gt; end<')
  })

  it('X20: no shapes make an empty drawing', () => {
    expect(shapesToSvg([], { look: { ...plainLook, paper: undefined }, padding: 5 })).toEqual({
      box: { x: -5, y: -5, width: 10, height: 10 },
      text: '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" viewBox="-5 -5 10 10"><defs/></svg>\n',
    })
  })
})
