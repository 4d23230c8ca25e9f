import { describe, expect, it } from 'vitest'
import { boardColours } from '../../../../../src/renderer/board/draw/colours'
import { drawPicture } from '../../../../../src/renderer/board/pictures/drawPicture'
import type { PictureCaption, PictureLook } from '../../../../../src/renderer/board/pictures/pictureLook'
import type { ImageShape } from '../../../../../src/shared/board'
import { estimateText } from '../../../../../src/shared/board/textLayout'
import { BoardDesk } from '../../../../lib/boardDesk'

const IMAGE = {} as CanvasImageSource

/** A canvas that notes what is drawn on it. */
function recorder() {
  const words: string[] = []
  const images: unknown[][] = []
  const scales: number[][] = []
  const bars: number[] = []
  const context = {
    save: () => undefined,
    restore: () => undefined,
    beginPath: () => undefined,
    fill: () => undefined,
    stroke: () => undefined,
    fillRect: () => undefined,
    moveTo: () => undefined,
    lineTo: () => undefined,
    arc: () => undefined,
    quadraticCurveTo: () => undefined,
    translate: () => undefined,
    scale: (...args: number[]) => scales.push(args),
    roundRect: (_x: number, _y: number, width: number) => bars.push(width),
    fillText: (text: string) => words.push(text),
    drawImage: (...args: unknown[]) => images.push(args),
  }
  return { words, images, scales, bars, context: context as unknown as CanvasRenderingContext2D }
}

function imageOf(
  width: number,
  height: number,
  more: { flipX?: boolean; assetId?: string | null } = {},
): ImageShape {
  const desk = new BoardDesk()
  desk.put({ id: 'p', type: 'image', x: 100, y: 100, width, height, assetId: 'a', ...more })
  return desk.shapes[0] as ImageShape
}

function draw(shape: ImageShape, look: PictureLook, caption?: PictureCaption, scale = 1) {
  const drawn = recorder()
  const sides: number[] = []
  drawPicture(drawn.context, shape, {
    colours: boardColours('light'),
    scale,
    measure: estimateText,
    pictures: {
      look: (_id, side) => {
        sides.push(side)
        return look
      },
      captionOf: () => caption,
    },
  })
  return { ...drawn, sides }
}

describe('drawing a picture', () => {
  it('asks for as many pixels as the screen has for it', () => {
    const { sides, images } = draw(
      imageOf(400, 300),
      { kind: 'shown', image: IMAGE, upload: undefined },
      undefined,
      2,
    )
    expect(sides).toEqual([800])
    expect(images).toEqual([[IMAGE, -200, -150, 400, 300]])
  })

  it('mirrors it where the shape is mirrored', () => {
    const { scales } = draw(imageOf(400, 300, { flipX: true }), {
      kind: 'shown',
      image: IMAGE,
      upload: undefined,
    })
    expect(scales).toEqual([[-1, 1]])
  })

  it('writes on it how far its upload is', () => {
    const { words, images } = draw(
      imageOf(400, 300),
      { kind: 'shown', image: IMAGE, upload: 0.4 },
      { title: 'Sending 40%' },
    )
    expect(images).toHaveLength(1)
    expect(words).toEqual(['Sending 40%'])
  })

  it('has a card with words and a bar in place of one that is loading', () => {
    const { words, images, bars } = draw(
      imageOf(400, 300),
      { kind: 'loading', progress: 0.5 },
      { title: 'Loading 50%' },
    )
    expect(images).toEqual([])
    expect(words).toEqual(['Loading 50%'])
    const [back = 0, front = 0] = bars.slice(-2)
    expect(front / back).toBeCloseTo(0.5)
  })

  it('tells in the card why it could not be loaded, as far as there is room', () => {
    const caption = {
      title: 'Could not be loaded',
      detail: 'The picture arrived damaged. Double-click to try again.',
    }
    const failed = { kind: 'failed', code: 'asset-damaged' } as const
    expect(draw(imageOf(400, 300), failed, caption).words.join(' ')).toContain('Double-click')
    const long = { ...caption, detail: caption.detail.repeat(9) }
    expect(draw(imageOf(120, 60), failed, long).words).toEqual(['Could not be loaded'])
    // Too small for any letter.
    expect(draw(imageOf(40, 30), failed, caption).words).toEqual([])
  })

  it('has a card for a shape that names no picture, without asking for one', () => {
    const { sides, words } = draw(
      imageOf(400, 300, { assetId: null }),
      { kind: 'waiting' },
      { title: 'No picture here' },
    )
    expect(sides).toEqual([])
    expect(words).toEqual(['No picture here'])
  })
})
