import type { NewShape } from '../../../src/shared/board/ops'
import { penStroke, penThrough } from './pen'

/** The harbour as somebody draws it who explains where everything goes. */
export function sketch(): NewShape[] {
  return [...sky(), ...boat(), ...crane(), ...water(), ...remarks()]
}

function sky(): NewShape[] {
  const rays = Array.from({ length: 9 }, (_, ray): NewShape => {
    const angle = (ray / 9) * 2 * Math.PI
    const out = (length: number) => [90 + length * Math.cos(angle), 20 + length * Math.sin(angle)] as const
    return penThrough(`ray${ray}`, [out(62), out(88)], { stroke: 'orange', strokeWidth: 3 })
  })
  const sun = penStroke('sun', (t) => [90 + 46 * Math.cos(t * 6.5), 20 + 46 * Math.sin(t * 6.5)], {
    stroke: 'orange',
    strokeWidth: 3,
  })
  const gull = (id: string, x: number, y: number) =>
    penThrough(
      id,
      [
        [x, y],
        [x + 16, y - 14],
        [x + 30, y],
        [x + 46, y - 15],
        [x + 62, y - 2],
      ],
      { strokeWidth: 2 },
    )
  return [sun, ...rays, gull('gull1', 210, -30), gull('gull2', 300, 10)]
}

function boat(): NewShape[] {
  return [
    penThrough(
      'hull',
      [
        [250, 330],
        [290, 395],
        [380, 418],
        [480, 414],
        [560, 385],
        [600, 320],
      ],
      { strokeWidth: 3 },
    ),
    penThrough(
      'deck',
      [
        [244, 330],
        [340, 345],
        [450, 346],
        [540, 338],
        [606, 318],
      ],
      { strokeWidth: 3 },
    ),
    penThrough(
      'mast',
      [
        [420, 345],
        [422, 200],
        [424, 70],
      ],
      { strokeWidth: 3, stroke: 'brown' },
    ),
    penThrough(
      'sail',
      [
        [436, 84],
        [500, 170],
        [560, 262],
        [580, 300],
        [500, 312],
        [438, 310],
        [437, 190],
        [436, 84],
      ],
      {
        stroke: 'red',
        strokeWidth: 3,
      },
    ),
    penThrough(
      'jib',
      [
        [412, 100],
        [360, 190],
        [296, 298],
        [350, 310],
        [410, 308],
      ],
      { stroke: 'red', strokeWidth: 3 },
    ),
    penThrough(
      'flag',
      [
        [425, 70],
        [450, 60],
        [468, 74],
        [490, 64],
        [488, 84],
        [466, 94],
        [426, 88],
      ],
      { stroke: 'blue' },
    ),
    ...[330, 400, 470].map((x, at) =>
      penStroke(`port${at}`, (t) => [x + 11 * Math.cos(t * 6.6), 375 + 11 * Math.sin(t * 6.6)], {
        strokeWidth: 2,
      }),
    ),
  ]
}

function crane(): NewShape[] {
  const steel = { stroke: 'grey', strokeWidth: 3 } as const
  return [
    penThrough(
      'leg1',
      [
        [760, 420],
        [770, 260],
        [778, 80],
      ],
      steel,
    ),
    penThrough(
      'leg2',
      [
        [850, 420],
        [842, 260],
        [836, 80],
      ],
      steel,
    ),
    penThrough(
      'arm',
      [
        [880, 92],
        [780, 78],
        [680, 60],
        [620, 48],
      ],
      steel,
    ),
    penThrough(
      'stay',
      [
        [808, 10],
        [740, 36],
        [640, 50],
      ],
      { ...steel, strokeWidth: 2 },
    ),
    penThrough(
      'top',
      [
        [808, 78],
        [808, 10],
        [872, 86],
      ],
      { ...steel, strokeWidth: 2 },
    ),
    ...[140, 210, 280, 350].map((y, at) =>
      penThrough(
        `brace${at}`,
        at % 2 === 0
          ? [
              [774, y],
              [844, y + 62],
            ]
          : [
              [846, y],
              [768, y + 62],
            ],
        {
          ...steel,
          strokeWidth: 2,
        },
      ),
    ),
    penThrough(
      'rope',
      [
        [640, 52],
        [641, 110],
        [640, 165],
      ],
      { strokeWidth: 1 },
    ),
    penStroke('hook', (t) => [640 - 9 * Math.sin(t * 4.4), 176 + 11 * Math.cos(t * 4.4 + 2.6)], {
      strokeWidth: 3,
    }),
  ]
}

function water(): NewShape[] {
  const wave = (id: string, y: number, from: number, to: number): NewShape =>
    penStroke(id, (t) => [from + (to - from) * t, y + 7 * Math.sin(t * ((to - from) / 18))], {
      stroke: 'teal',
      strokeWidth: 3,
    })
  return [
    wave('wave1', 432, 120, 480),
    wave('wave2', 440, 430, 730),
    wave('wave3', 462, 190, 520),
    wave('wave4', 470, 470, 700),
    penThrough(
      'quay',
      [
        [735, 424],
        [820, 421],
        [930, 424],
        [1010, 422],
      ],
      { strokeWidth: 3 },
    ),
  ]
}

function remarks(): NewShape[] {
  return [
    {
      ...penThrough('mark', [
        [690, 522],
        [760, 520],
        [840, 523],
        [912, 521],
      ]),
      type: 'highlight',
      stroke: 'yellow',
      strokeWidth: 3,
    },
    {
      id: 'choir',
      type: 'text',
      x: 690,
      y: 505,
      label: 'the choir stands here',
      fontSize: 24,
      font: 'serif',
    },
    {
      id: 'here',
      type: 'arrow',
      x: 800,
      y: 496,
      points: [0, 0, 40, -30, 60, -66],
      curved: true,
      stroke: 'red',
      strokeWidth: 3,
    },
    {
      id: 'name',
      type: 'text',
      x: 330,
      y: 500,
      label: '“Möwe”, 1931',
      fontSize: 24,
      font: 'serif',
      stroke: 'blue',
    },
  ]
}
