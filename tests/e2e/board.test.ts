import { expect, test } from '@playwright/test'
import { restart, type AppUser } from './lib/appUser'
import { InkAbove } from './lib/inkAbove'
import { haveSameShapes, type BoardOnScreen, type CopiedShape } from './lib/boardOnScreen'
import { differenceOf, pixelsOf, plainPicture, type Rgb } from '../lib/comparePictures'
import { TcpProxy } from '../lib/tcpProxy'
import type { GuestBrowser } from './lib/guestBrowser'
import { startThreePlaces } from './lib/threePlaces'
import { throughPort } from './lib/testRoom'
import type { Participant } from './lib/participant'

let hostUser: AppUser
let guestUser: AppUser
let browser: GuestBrowser
let proxy: TcpProxy
let anna: Participant
let ben: Participant
let chen: Participant

const WINDOW = { width: 1200, height: 780 }

/** Colours of pictures, which nothing else on a board has. */
const ORANGE: Rgb = [250, 120, 10]
const TEAL: Rgb = [10, 140, 150]

const boards = (): BoardOnScreen[] => [anna.board, ben.board, chen.board]
const pointsOf = (shape: CopiedShape) => JSON.stringify(shape).length
const kindsOf = (shapes: ReadonlyMap<string, CopiedShape>) =>
  [...shapes.values()].map((shape) => shape['kind'])

test.describe('a whiteboard, with two people in the app and one in a browser', () => {
  test.describe.configure({ mode: 'serial' })

  test.beforeAll(async () => {
    ;({ anna: hostUser, ben: guestUser, browser } = await startThreePlaces())
    anna = hostUser.person
    ben = guestUser.person
    await anna.host()
    const link = await anna.invitation()
    proxy = await TcpProxy.start(Number(new URL(link).port))
    // The link through the proxy carries no invite, and rooms of the app ask.
    await Promise.all([ben.join(throughPort(link, proxy.port)), anna.letIn('Ben')])
    chen = await browser.join(link, 'Chen', { colour: 8 })
    await anna.board.createFirst()
    await Promise.all(boards().map((board) => board.isOpen()))
  })

  test.afterAll(async () => {
    await browser?.close()
    await proxy?.close()
    await Promise.all([guestUser?.app.dispose(), hostUser?.app.dispose()])
  })

  test('takes what each tool draws to every screen', async () => {
    await anna.board.draw('rectangle', [
      [-150, -170],
      [-30, -110],
    ])
    await ben.board.draw('ellipse', [
      [20, -170],
      [140, -110],
    ])
    await chen.board.draw('diamond', [
      [190, -180],
      [330, -100],
    ])
    await anna.board.draw('line', [
      [-150, -70],
      [-30, -40],
    ])
    await ben.board.draw('draw', [
      [20, -50],
      [60, -80],
      [100, -50],
      [140, -80],
    ])
    await chen.board.draw('highlight', [
      [190, -60],
      [330, -60],
    ])
    await anna.board.draw('frame', [
      [-160, 60],
      [60, 180],
    ])
    await ben.board.draw('arrow', [
      [-90, -140],
      [80, -140],
    ])
    await chen.board.placeWith('note', [240, 80], 'Ask the choir')
    await anna.board.placeWith('text', [-100, 10], 'Opening night')
    const kinds = [
      'arrow',
      'diamond',
      'draw',
      'ellipse',
      'frame',
      'highlight',
      'line',
      'note',
      'rectangle',
      'text',
    ]
    await expect.poll(async () => kindsOf(await anna.board.shapes()).sort()).toEqual(kinds)
    expect(await haveSameShapes(boards())).toBe(kinds.length)
  })

  test('shows a stroke on the other screens while the pen is still down', async () => {
    const before = await chen.board.shapes()
    await anna.board.choose('draw')
    await anna.board.press([
      [-150, 210],
      [-100, 230],
      [-50, 210],
    ])
    const [id, early] = await chen.board.newShape(before)
    await expect.poll(async () => pointsOf(await chen.board.shape(id))).toBeGreaterThan(4)
    await anna.board.move([
      [0, 230],
      [50, 210],
    ])
    await expect.poll(async () => pointsOf(await chen.board.shape(id))).toBeGreaterThan(pointsOf(early))
    await anna.page.mouse.up()
    await anna.board.rest()
    await haveSameShapes(boards())
  })

  test('lets a bound arrow follow the shape that somebody else moves', async () => {
    const before = await anna.board.picture()
    await chen.board.drag([
      [-150, -140],
      [-150, -90],
    ])
    await chen.board.rest()
    await haveSameShapes(boards())
    // The arrow as it is stored has not changed: its way is worked out from the shapes at its ends.
    expect(differenceOf(before, await anna.board.picture())).toBeGreaterThan(0.001)
  })

  test('keeps every letter that two people type in one label at once', async () => {
    const place = [240, 80] as const
    await Promise.all([anna, chen].map(({ board }) => board.startWriting(place)))
    await anna.page.keyboard.press('Control+Home')
    await Promise.all([
      anna.page.keyboard.type('Anna asks them. ', { delay: 30 }),
      chen.page.keyboard.type(', says Chen', { delay: 30 }),
    ])
    const text = 'Anna asks them. Ask the choir, says Chen'
    for (const { board } of [anna, chen]) await expect(board.label).toHaveValue(text)
    for (const { page, board } of [anna, chen]) {
      await page.keyboard.press('Escape')
      await board.rest()
    }
    await haveSameShapes(boards())
    expect(JSON.stringify([...(await ben.board.shapes()).values()])).toContain(text)
  })

  test('gives the keyboard back to who writes in what somebody else deletes', async () => {
    const place = [240, 80] as const
    const { size } = await chen.board.shapes()
    await anna.board.startWriting(place)
    await chen.board.click(place)
    await chen.page.keyboard.press('Delete')
    await expect(anna.board.label).toBeHidden()
    await expect(anna.board.surface).toBeFocused()
    await chen.board.undoButton.click()
    await chen.board.rest()
    expect(await haveSameShapes(boards())).toBe(size)
  })

  test("takes back one's own steps only, a drag as one", async () => {
    const [id, start] = await shapeOfKind(ben.board, 'ellipse')
    await ben.board.drag([
      [20, -140],
      [20, -120],
    ])
    await anna.board.draw('rectangle', [
      [100, 200],
      [160, 240],
    ])
    await haveSameShapes(boards())
    expect((await anna.board.shape(id))['props']).not.toEqual(start['props'])
    await ben.board.undoButton.click()
    await expect.poll(async () => (await anna.board.shape(id))['props']).toEqual(start['props'])
    expect(await haveSameShapes(boards())).toBe(12)
    await anna.board.focus()
    await anna.page.keyboard.press('Control+z')
    expect(await anna.board.has(11)).toBeTruthy()
    await anna.page.keyboard.press('Control+Shift+z')
    await anna.board.has(12)
    expect(await haveSameShapes(boards())).toBe(12)
  })

  test('goes where somebody looks who is followed, until one moves oneself', async () => {
    const following = chen.page.getByText(chen.texts.t('board.following', { name: 'Anna' }))
    await chen.people.click()
    await chen.page.getByTestId('presence-names').getByText('Anna').click()
    await expect(following).toBeVisible()
    await anna.board.move([[0, 0]])
    await anna.page.mouse.wheel(300, 200)
    await anna.page.keyboard.down('Control')
    await anna.page.mouse.wheel(0, -300)
    await anna.page.keyboard.up('Control')
    await expect(anna.board.zoom).not.toHaveText('100%')
    // What the one sees fits into what the other sees.
    await expect.poll(async () => percentOf(chen.board)).toBeGreaterThan(100)
    await chen.board.move([[0, 0]])
    await chen.page.mouse.wheel(0, 40)
    await expect(following).toBeHidden()
  })

  test('shows at once what somebody looks at who is followed from another page', async () => {
    await ben.page.getByTestId('page-new').click()
    await ben.hasPage()
    await ben.people.click()
    await ben.page.getByTestId('presence-names').getByText('Anna').click()
    await ben.board.isOpen()
    await expect.poll(async () => percentOf(ben.board)).toBeGreaterThan(100)
    await ben.board.move([[0, 0]])
    await ben.page.mouse.wheel(0, 40)
    await ben.page.keyboard.press('Shift+Digit0')
  })

  test('moves the paper by the middle button, and pastes nothing there', async () => {
    // What is selected by mouse is what the middle button pastes on Linux.
    const title = await ben.pages.startRenaming('Board 1')
    await title.click({ clickCount: 3 })
    await title.press('Escape')
    await ben.board.focus()
    const before = await ben.board.picture()
    const { x, y } = await ben.board.at([0, 0])
    await ben.page.mouse.move(x, y)
    await ben.page.mouse.down({ button: 'middle' })
    await ben.page.mouse.move(x + 80, y + 40, { steps: 4 })
    await ben.page.mouse.up({ button: 'middle' })
    expect(differenceOf(before, await ben.board.picture())).toBeGreaterThan(0.001)
    expect((await ben.board.shapes()).size).toBe(12)
  })

  test('shows the trail of a laser to others until it fades, and makes no shape of it', async () => {
    for (const { board, page } of [anna, ben, chen]) {
      await board.rest()
      await page.keyboard.press('Shift+Digit1')
    }
    const before = await chen.board.shapes()
    await chen.board.choose('laser')
    const ink = await InkAbove.of(anna.board)
    await expect.poll(() => ink.now()).toBe(0)
    await chen.board.move([[200, 160]])
    // Chen's pointer with the name at it.
    await expect.poll(() => ink.now()).toBeGreaterThan(200)
    const pointer = await ink.most()
    await chen.board.press([
      [-200, 100],
      [0, 200],
      [200, 160],
    ])
    await expect.poll(() => ink.most()).toBeGreaterThan(pointer + 500)
    await chen.page.mouse.up()
    await expect.poll(() => ink.now()).toBeLessThanOrEqual(pointer)
    await chen.board.rest()
    expect((await chen.board.shapes()).size).toBe(before.size)
  })

  test('takes away what an eraser is led over, as one step', async () => {
    const before = await chen.board.shapes()
    await chen.board.choose('eraser')
    await chen.board.drag([
      [-400, -250],
      [400, 250],
    ])
    await chen.board.rest()
    expect((await chen.board.shapes()).size).toBeLessThan(before.size)
    await chen.board.undoButton.click()
    expect(await haveSameShapes(boards())).toBe(before.size)
  })

  test('sends a pasted picture to every screen', async () => {
    await anna.board.pastePicture(plainPicture(160, 100, ORANGE))
    await anna.board.rest()
    expect(await haveSameShapes(boards())).toBe(13)
    for (const board of boards()) await shows(board, ORANGE)
  })

  test('refuses a file that is no picture, names it, and leaves the board as it was', async () => {
    await anna.board.pastePicture(Buffer.from('no picture at all'), 'notes.png')
    await expect(anna.says(/notes\.png/)).toBeVisible()
    await anna.dismissMessages()
    expect((await anna.board.shapes()).size).toBe(13)
  })

  test('takes what is drawn offline, twice at once, to every screen when the network is back', async () => {
    proxy.refuse()
    await ben.isInState('reconnecting')
    const before = await ben.board.shapes()
    await ben.board.draw('draw', [
      [-60, -20],
      [0, 40],
      [60, -20],
    ])
    await ben.board.pastePicture(plainPicture(120, 90, TEAL))
    await shows(ben.board, TEAL)
    await ben.board.selectAll()
    await ben.page.keyboard.press('ArrowDown')
    await anna.board.selectAll()
    await anna.page.keyboard.press('Shift+ArrowRight')
    await anna.board.rest()
    await expect(ben.status).toContainText(ben.texts.several('status.offline'))
    const drawn = await ben.board.shapes()
    await guestUser.app.kill()

    guestUser = await restart(guestUser)
    ben = guestUser.person
    await ben.openRecent(anna.texts.t('home.defaultTitle', { name: 'Anna' }))
    await ben.isInState('reconnecting')
    await ben.board.isOpen()
    expect(await ben.board.shapes()).toEqual(drawn)

    proxy.heal()
    await ben.tryNow()
    await haveSameShapes(boards())
    expect((await anna.board.shapes()).size).toBe(before.size + 2)
    for (const board of boards()) await shows(board, TEAL)
  })

  test('looks the same on every screen', async () => {
    await Promise.all([hostUser, guestUser].map(({ app }) => app.resize(WINDOW)))
    await chen.page.setViewportSize(WINDOW)
    for (const { board, page } of [anna, ben, chen]) {
      await board.rest()
      await page.keyboard.press('Shift+Digit1')
    }
    const share = async (a: BoardOnScreen, b: BoardOnScreen) =>
      differenceOf(await a.picture(), await b.picture())
    await expect.poll(() => share(anna.board, ben.board)).toBeLessThan(0.001)
    // Another version of Chromium smooths letters in its own way.
    await expect.poll(() => share(anna.board, chen.board)).toBeLessThan(0.01)
  })
})

const percentOf = async ({ zoom }: BoardOnScreen) => Number.parseInt(await zoom.innerText(), 10)

/** Waits until a picture of one colour is seen, after a zoom to everything. */
async function shows(board: BoardOnScreen, colour: Rgb): Promise<void> {
  await board.focus()
  await board.page.keyboard.press('Shift+Digit1')
  await expect.poll(async () => pixelsOf(await board.picture(), colour)).toBeGreaterThan(1_000)
}

async function shapeOfKind(board: BoardOnScreen, kind: string): Promise<readonly [id: string, CopiedShape]> {
  const found = [...(await board.shapes())].find(([, shape]) => shape['kind'] === kind)
  if (found === undefined) throw new Error(`there is no ${kind} on the board`)
  return found
}
