import type { NewShape } from '../../../src/shared/board/ops'

const COLUMNS = [
  {
    title: 'Went well',
    fill: 'green',
    notes: [
      'The choir on the lower pier',
      'Labels were up a day early',
      'Ben’s tour, twice as full as planned',
    ],
  },
  {
    title: 'Was hard',
    fill: 'pink',
    notes: ['Queue at the one coat rack', 'No light on the east stairs'],
  },
  {
    title: 'Next time',
    fill: 'sky',
    notes: ['Second rack by the gate', 'Ask the harbour for lamps', 'Soup, not canapés'],
  },
] as const
const NOTE = 172

/** What was good and what was not about the opening night. */
export function retrospective(): NewShape[] {
  const shapes: NewShape[] = [
    { id: 'frame', type: 'frame', x: -40, y: 0, width: 820, height: 680, label: 'After the opening night' },
  ]
  for (const [column, { title, fill, notes }] of COLUMNS.entries()) {
    const x = column * 265
    const inFrame = { frameId: 'frame' } as const
    shapes.push({
      id: `title${column}`,
      type: 'text',
      x: x + 4,
      y: 24,
      label: title,
      fontSize: 26,
      ...inFrame,
    })
    for (const [row, label] of notes.entries()) {
      shapes.push({
        id: `note${column}-${row}`,
        type: 'note',
        x: x + (row % 2) * 20,
        y: 84 + row * (NOTE + 22),
        width: NOTE,
        height: NOTE,
        fill,
        label,
        fontSize: 18,
        angle: [0, 0.035, -0.03][row] ?? 0,
        ...inFrame,
      })
    }
  }
  return shapes
}
