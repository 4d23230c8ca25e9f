import { expect, test } from '@playwright/test'
import type { NewShape } from '../../src/shared/board/ops'
import { startAppFor } from '../e2e/lib/appUser'
import type { Place } from '../e2e/lib/boardOnScreen'
import { GuestBrowser } from '../e2e/lib/guestBrowser'
import type { Participant } from '../e2e/lib/participant'
import { startTestRoom } from '../e2e/lib/testRoom'
import { flowChart } from './boards/flowChart'
import { retrospective } from './boards/retrospective'
import { sketch } from './boards/sketch'
import { takePicture, WINDOW } from './takePicture'

interface BoardScene {
  readonly name: string
  readonly title: string
  readonly shapes: readonly NewShape[]
  /** Where the other two point, from the middle of the screen; the first has clicked there. */
  readonly pointers: readonly [Place, Place]
}

const SCENES: readonly BoardScene[] = [
  {
    name: 'flow-chart',
    title: 'How boats get in',
    shapes: flowChart(),
    pointers: [
      [150, 120],
      [330, -20],
    ],
  },
  {
    name: 'retrospective',
    title: 'Opening night',
    shapes: retrospective(),
    pointers: [
      [-200, -120],
      [230, 60],
    ],
  },
  {
    name: 'sketch',
    title: 'Where everybody stands',
    shapes: sketch(),
    pointers: [
      [-20, -60],
      [200, 150],
    ],
  },
]

for (const theme of ['light', 'dark'] as const) {
  test(`boards, ${theme}`, () => takeBoardPictures(theme))
}

async function takeBoardPictures(theme: 'light' | 'dark'): Promise<void> {
  const [room, browser, { app, person }] = await Promise.all([
    startTestRoom('Harbour museum'),
    GuestBrowser.launch(),
    startAppFor('Anna Berg', { theme, colour: 7 }),
  ])
  try {
    await app.resize(WINDOW)
    await person.join(room.link)
    const ben = await browser.join(room.link, 'Ben Adeyemi', { colour: 1, theme, viewport: WINDOW })
    const mei = await browser.join(room.link, 'Mei Lin', { colour: 10, theme, viewport: WINDOW })
    for (const [index, { title, shapes }] of SCENES.entries()) {
      if (index === 0) await person.board.createFirst()
      else await person.board.create()
      await person.pages.rename(`Board ${index + 1}`, title)
      await person.board.paste(shapes)
      await person.hasSaved()
    }
    for (const scene of SCENES) await takeBoardPicture(scene, person, [ben, mei], theme)
  } finally {
    await browser.close()
    await app.dispose()
    await room.server.stop()
  }
}

async function takeBoardPicture(
  { name, title, shapes, pointers }: BoardScene,
  person: Participant,
  [first, second]: readonly [Participant, Participant],
  theme: string,
): Promise<void> {
  for (const { pages, board, page } of [person, first, second]) {
    await pages.open(title)
    await board.has(shapes.length)
    await page.keyboard.press('Shift+Digit1')
  }
  await person.page.mouse.move(0, 0)
  await first.board.click(pointers[0])
  await second.board.move([[0, 0], pointers[1]])
  // Pointers of others are drawn on the canvas, where nothing says that they are there: the picture itself has to rest.
  let last = await person.board.picture()
  const rests = async (): Promise<boolean> => {
    const before = last
    last = await person.board.picture()
    return before.equals(last)
  }
  await expect.poll(rests, { intervals: [300] }).toBe(true)
  await takePicture(person.page, `board-${name}-${theme}-en`)
}
