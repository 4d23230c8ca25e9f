import type { FakeAssets } from '../lib/fakeAssets'
import { Board } from '../../src/shared/board'
import { createShapes, type NewShape } from '../../src/shared/board/ops'
import { recordsType, type RecordsOp } from '../../src/shared/ot/records'

/** A board with pictures in every state a picture can be in. */
export async function pictureBoard(assets: FakeAssets): Promise<RecordsOp> {
  const hill = await assets.add(await painted(1600, 1000, landscape))
  const sent = await assets.add(await painted(900, 900, rings))
  const unsent = await assets.add(await painted(640, 480, landscape))
  const turned = await assets.add(turnedByExif(await painted(800, 600, landscape, 'image/jpeg')))
  ready(assets, sent, 0.4)
  ready(assets, unsent, 0)
  assets.set('loading', { state: 'loading', progress: 0.4 })
  assets.set('first', { state: 'loading', progress: undefined })
  assets.set('waiting', { state: 'waiting' })
  assets.set('failed', { state: 'failed', code: 'asset-damaged' })
  assets.set('broken', {
    state: 'ready',
    bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]),
    mimeType: 'image/png',
    upload: undefined,
  })
  const shapes: NewShape[] = [
    picture('hill', 0, 0, 640, 400, hill, { label: 'A hill under the moon' }),
    picture('flipped', 680, 0, 320, 200, hill, { flipX: true, angle: 0.12 }),
    picture('faint', 680, 240, 256, 160, hill, { opacity: 0.4 }),
    picture('sent', 1040, 0, 280, 280, sent),
    picture('unsent', 1040, 300, 240, 180, unsent),
    picture('photo', 640, 690, 120, 160, turned, { label: 'Stands on its side: the sky is right' }),
    picture('loading', 0, 440, 320, 220, 'loading'),
    picture('first', 340, 440, 180, 220, 'first'),
    picture('waiting', 540, 440, 320, 220, 'waiting'),
    picture('failed', 880, 500, 440, 200, 'failed'),
    picture('broken', 0, 690, 260, 160, 'broken'),
    picture('small', 280, 690, 60, 40, 'waiting'),
    { ...picture('missing', 380, 690, 220, 160, ''), assetId: null },
    {
      id: 'n',
      type: 'note',
      x: 800,
      y: 720,
      width: 160,
      height: 150,
      label: 'Which one for the cover?',
      fontSize: 18,
      fill: 'yellow',
    },
    { id: 'arrow', type: 'arrow', x: 0, y: 0, points: [720, 680, 400, 380] },
  ]
  return createShapes(new Board(recordsType.create()), shapes)
}

function picture(
  id: string,
  x: number,
  y: number,
  width: number,
  height: number,
  assetId: string,
  more: Partial<NewShape> = {},
): NewShape {
  return { id, type: 'image', x, y, width, height, assetId, ...more }
}

function ready(assets: FakeAssets, id: string, upload: number): void {
  const state = assets.watch(id).value
  if (state.state === 'ready') assets.set(id, { ...state, upload })
}

type Paint = (context: OffscreenCanvasRenderingContext2D, width: number, height: number) => void

async function painted(width: number, height: number, paint: Paint, type = 'image/png'): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (context !== null) paint(context, width, height)
  const blob = await canvas.convertToBlob({ type })
  return new Uint8Array(await blob.arrayBuffer())
}

/** A JPEG with a note that it is to be turned right by a quarter. */
function turnedByExif(jpeg: Uint8Array): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff]
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2, ...exif, ...jpeg.subarray(2)])
}

function landscape(context: OffscreenCanvasRenderingContext2D, width: number, height: number): void {
  const sky = context.createLinearGradient(0, 0, 0, height)
  sky.addColorStop(0, '#1d2b53')
  sky.addColorStop(0.7, '#f2a65a')
  context.fillStyle = sky
  context.fillRect(0, 0, width, height)
  context.fillStyle = '#fdf6d8'
  context.beginPath()
  context.arc(width * 0.72, height * 0.3, height * 0.09, 0, 7)
  context.fill()
  for (const [base, tone] of [
    [0.62, '#54426b'],
    [0.74, '#33304f'],
    [0.88, '#191b31'],
  ] as const) {
    context.fillStyle = tone
    context.beginPath()
    context.moveTo(0, height)
    for (let x = 0; x <= width; x += 8)
      context.lineTo(x, height * (base + 0.07 * Math.sin((x / width) * 9 + base * 20)))
    context.lineTo(width, height)
    context.fill()
  }
}

function rings(context: OffscreenCanvasRenderingContext2D, width: number, height: number): void {
  for (let i = 12; i > 0; i--) {
    context.fillStyle = `hsl(${i * 30} 60% ${40 + (i % 2) * 25}%)`
    context.beginPath()
    context.arc(width / 2, height / 2, (i / 12) * (width / 2), 0, 7)
    context.fill()
  }
}
