import type { NewShape } from '../../../src/shared/board/ops'
import { boundArrow } from '../../lib/board/boundArrow'

const BOX = { type: 'rectangle', width: 200, height: 84, round: true, fontSize: 18 } as const

/** How a boat gets into the exhibition. */
export function flowChart(): NewShape[] {
  return [
    {
      id: 'title',
      type: 'text',
      x: 0,
      y: -110,
      label: 'From the slip to the hall',
      fontSize: 34,
      font: 'serif',
    },
    {
      ...BOX,
      id: 'offer',
      type: 'ellipse',
      x: 0,
      y: 0,
      label: 'A boat is offered',
      stroke: 'green',
      fill: 'green',
    },
    {
      ...BOX,
      id: 'fits',
      type: 'diamond',
      x: 300,
      y: -33,
      width: 230,
      height: 150,
      label: 'Through the gate?',
      stroke: 'orange',
      fill: 'yellow',
    },
    { ...BOX, id: 'survey', x: 640, y: 0, label: 'Survey the hull', stroke: 'blue', fill: 'sky' },
    {
      ...BOX,
      id: 'model',
      x: 315,
      y: 230,
      label: 'Show a model',
      stroke: 'pink',
      fill: 'pink',
      dash: 'dashed',
    },
    { ...BOX, id: 'paint', x: 640, y: 230, label: 'Clean, mend, paint', stroke: 'violet', fill: 'violet' },
    {
      ...BOX,
      id: 'hall',
      x: 920,
      y: 230,
      label: 'Crane hall, bay 4',
      stroke: 'teal',
      fill: 'teal',
      fillStyle: 'hatch',
    },
    boundArrow('offer', 'fits'),
    boundArrow('fits', 'survey', { label: 'yes', stroke: 'green' }),
    boundArrow('fits', 'model', { label: 'no', stroke: 'red' }),
    boundArrow('survey', 'paint'),
    boundArrow('paint', 'hall', { endHead: 'triangle', strokeWidth: 4 }),
    {
      id: 'ask',
      type: 'note',
      x: 930,
      y: -50,
      width: 170,
      height: 170,
      fill: 'yellow',
      label: 'Who insures it on the road?',
      fontSize: 18,
      angle: 0.04,
    },
  ]
}
