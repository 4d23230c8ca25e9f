import { Board } from '../../src/shared/board'
import { createShapes, type NewShape } from '../../src/shared/board/ops'
import { boundArrow } from '../lib/board/boundArrow'
import { recordsType, type RecordsOp } from '../../src/shared/ot/records'

/** A board that looks like work: a flow chart, a retrospective and a sketch. */
export function drawnBoard(): RecordsOp {
  const board = new Board(recordsType.create())
  return createShapes(board, [...flowChart(), ...retrospective(), ...sketch()])
}

function flowChart(): NewShape[] {
  const box = { width: 190, height: 84, round: true, fontSize: 18 }
  return [
    {
      id: 'title',
      type: 'text',
      x: -40,
      y: -90,
      label: 'How a report becomes a fix',
      fontSize: 32,
      font: 'serif',
    },
    {
      id: 'a',
      type: 'ellipse',
      x: 0,
      y: 0,
      ...box,
      label: 'Somebody reports a fault',
      stroke: 'green',
      fill: 'green',
    },
    {
      id: 'b',
      type: 'diamond',
      x: 290,
      y: -28,
      width: 220,
      height: 140,
      round: true,
      fontSize: 18,
      label: 'Can we see it too?',
      stroke: 'orange',
      fill: 'yellow',
    },
    {
      id: 'c',
      type: 'rectangle',
      x: 610,
      y: 0,
      ...box,
      label: 'Write a failing test',
      stroke: 'blue',
      fill: 'sky',
    },
    {
      id: 'd',
      type: 'rectangle',
      x: 305,
      y: 220,
      ...box,
      label: 'Ask for the steps',
      stroke: 'pink',
      fill: 'pink',
      dash: 'dashed',
    },
    { id: 'e', type: 'rectangle', x: 610, y: 220, ...box, label: 'Fix it', stroke: 'violet', fill: 'violet' },
    {
      id: 'f',
      type: 'rectangle',
      x: 880,
      y: 220,
      ...box,
      label: 'Release',
      stroke: 'teal',
      fill: 'teal',
      fillStyle: 'hatch',
    },
    boundArrow('a', 'b'),
    boundArrow('b', 'c', { label: 'yes', stroke: 'green' }),
    boundArrow('b', 'd', { label: 'no', stroke: 'red' }),
    boundArrow('d', 'a', {
      dash: 'dashed',
      curved: true,
      points: [0, 0, -300, 180, -100, 100],
      stroke: 'grey',
      x: 400,
      y: 100,
    }),
    boundArrow('c', 'e'),
    boundArrow('e', 'f', { endHead: 'triangle', strokeWidth: 4 }),
  ]
}

function retrospective(): NewShape[] {
  const columns = [
    {
      x: 0,
      title: 'Went well',
      fill: 'green',
      notes: [
        'Nobody lost a word when the office lost its network',
        'The new hire shipped on day three',
        'Pairing on the sync engine',
      ],
    },
    {
      x: 250,
      title: 'Hard',
      fill: 'pink',
      notes: ['Two releases in one week', 'Flaky printer test ate a morning'],
    },
    {
      x: 500,
      title: 'Try next',
      fill: 'yellow',
      notes: [
        'Review in the first hour of the day',
        'Write the decision down before the code',
        'Cake on Fridays',
      ],
    },
  ] as const
  const shapes: NewShape[] = [
    {
      id: 'retro',
      type: 'frame',
      x: -40,
      y: 420,
      width: 800,
      height: 720,
      label: 'Retrospective, sprint 14',
    },
  ]
  for (const [at, column] of columns.entries()) {
    shapes.push({
      id: `t${at}`,
      type: 'text',
      x: column.x + 4,
      y: 450,
      label: column.title,
      fontSize: 24,
      frameId: 'retro',
    })
    for (const [row, label] of column.notes.entries()) {
      shapes.push({
        id: `n${at}-${row}`,
        type: 'note',
        x: column.x + (row % 2) * 14,
        y: 510 + row * 200,
        width: 180,
        height: 180,
        fill: column.fill,
        label,
        fontSize: 18,
        angle: row === 1 ? 0.04 : 0,
        frameId: 'retro',
      })
    }
  }
  return shapes
}

/** Points of a stroke along a curve, with the pressure of a hand. */
function curve(from: number, to: number, at: (t: number) => readonly [number, number]): number[] {
  const path: number[] = []
  for (let i = 0; i <= 60; i++) {
    const [x, y] = at(from + ((to - from) * i) / 60)
    path.push(x, y, 0.35 + 0.3 * Math.sin((i / 60) * Math.PI))
  }
  return path
}

function sketch(): NewShape[] {
  const ink = { type: 'draw', hasPressure: true } as const
  return [
    {
      id: 's1',
      ...ink,
      x: 1000,
      y: 620,
      path: curve(0, 6.28, (t) => [90 * Math.cos(t), 90 * Math.sin(t)]),
      strokeWidth: 3,
    },
    {
      id: 's2',
      ...ink,
      x: 1000,
      y: 620,
      path: curve(0.5, 2.64, (t) => [50 * Math.cos(t), 50 * Math.sin(t)]),
      strokeWidth: 3,
    },
    {
      id: 's3',
      ...ink,
      x: 968,
      y: 595,
      path: curve(0, 6.28, (t) => [9 * Math.cos(t), 13 * Math.sin(t)]),
      stroke: 'blue',
      strokeWidth: 4,
    },
    {
      id: 's4',
      ...ink,
      x: 1032,
      y: 595,
      path: curve(0, 6.28, (t) => [9 * Math.cos(t), 13 * Math.sin(t)]),
      stroke: 'blue',
      strokeWidth: 4,
    },
    {
      id: 's5',
      ...ink,
      x: 860,
      y: 790,
      path: curve(0, 9, (t) => [t * 34, 16 * Math.sin(t * 2)]),
      stroke: 'red',
      strokeWidth: 2,
    },
    {
      id: 'h1',
      type: 'highlight',
      x: 870,
      y: 880,
      path: curve(0, 1, (t) => [t * 250, 3 * Math.sin(t * 8)]),
      stroke: 'yellow',
      strokeWidth: 2.5,
    },
    { id: 'st', type: 'text', x: 880, y: 864, label: 'Remember the users', fontSize: 26, font: 'serif' },
    {
      id: 'l1',
      type: 'line',
      x: 880,
      y: 980,
      points: [0, 0, 60, -30, 120, 20, 180, -40, 240, 0],
      curved: true,
      stroke: 'teal',
      strokeWidth: 4,
    },
  ]
}
