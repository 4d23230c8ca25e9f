import { openSqliteRoomStore } from '../../../src/server/storage/sqliteRoomStore'
import { idOf, SamplePage, sampleText } from './samples'
import { figure, timed, timedRuns, type Figure } from './timing'

const RUNS = 300

/** What a server's storage costs: rooms.sqlite in `folder`, each commit on the disk. */
export async function measureRooms(folder: string): Promise<Figure[]> {
  const figures: Figure[] = []
  let store = openSqliteRoomStore(folder)
  const roomId = idOf('room')
  const key = 'k'.repeat(43)
  const room = {
    roomId,
    publicKey: key,
    privateKey: key,
    title: 'Room',
    owner: idOf('owner'),
    createdAt: 0,
    open: true,
  }
  await store.createRoom(room)

  for (const count of [1, 10, 100, 1000]) {
    const page = new SamplePage(roomId, idOf(`page of ${count}`))
    const appends = Array.from({ length: RUNS }, () => page.next(count))
    const times = await timedRuns(RUNS, (run) => store.append(appends.slice(run, run + 1)))
    figures.push(figure(`append of ${count} updates to one page`, times))
  }
  const pages = Array.from({ length: 50 }, (_, index) => new SamplePage(roomId, idOf(`page ${index}`)))
  const batches = Array.from({ length: RUNS }, () => pages.map((page) => page.next(2)))
  const joined = await timedRuns(RUNS, (run) => store.append(batches[run] ?? []))
  figures.push(figure('append of 2 updates to each of 50 pages', joined))

  const pageId = idOf('page of 100')
  const load = await timedRuns(5, () => store.loadPage(roomId, pageId))
  figures.push(figure('load of a page, 30,000 updates since its snapshot', load))
  const head = (await store.loadPage(roomId, pageId))?.head
  const snapshot = { version: head?.version ?? 0, hash: head?.hash ?? '', text: sampleText(10_000_000) }
  figures.push(
    figure(
      'save of a 10 MB snapshot',
      await timedRuns(5, () => store.saveSnapshot(roomId, pageId, snapshot)),
    ),
  )
  figures.push(
    figure('load of a page with a 10 MB snapshot', await timedRuns(5, () => store.loadPage(roomId, pageId))),
  )
  await store.close()

  const open = await timed(async () => {
    store = openSqliteRoomStore(folder)
  })
  figures.push({ name: 'open, with a check of the whole file (363,300 updates)', ms: open })
  await store.close()
  return figures
}
