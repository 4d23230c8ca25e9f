import { ref, watch, type Ref } from 'vue'
import { cutTitle } from '../../shared/pages'
import { codeOf } from '../app/codeOf'
import { useNavigation } from '../app/navigation'
import { useNotices } from '../app/notices'
import { useServices } from '../app/services'
import { useSay } from '../i18n'
import type { FileFormat, OpenedFile } from '../platform/platform'
import type { CurrentPage } from './useCurrentPage'
import { useFileDrop } from './useFileDrop'
import type { Pages } from './usePages'

const PLAIN: FileFormat = { bom: false, lineBreak: '\n' }

export interface PageFiles {
  /** What is being waited for. */
  readonly busy: Ref<'opening' | 'saving' | undefined>
  /** Code of the last failure, until it is dismissed. */
  readonly problem: Ref<string | undefined>
  /** True while a file is held over the window. */
  readonly isDropping: Ref<boolean>
  open(): Promise<void>
  /** Writes the page on the screen to its file; asks for one if it has none or if `asOther`. */
  save(asOther: boolean): Promise<void>
  /** Writes any text to a file that is asked for. */
  saveText(text: string, name: string): Promise<void>
  /** Gives up waiting for a file. */
  cancel(): void
}

/** Real files: one becomes a page of its own, and a page is written to one. */
export function useFiles(pages: Pages, current: CurrentPage, canWrite: () => boolean): PageFiles {
  const { platform } = useServices()
  const navigation = useNavigation()
  const notices = useNotices()
  const say = useSay()
  const busy = ref<'opening' | 'saving'>()
  const problem = ref<string>()
  /** Where each page came from or was last written to. */
  const sources = new Map<string, { fileId: string | undefined; format: FileFormat; name: string }>()
  /** Counts what was started: an answer to anything but the latest is not wanted any more. */
  let task = 0

  async function run<T>(
    what: 'opening' | 'saving',
    read: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const own = ++task
    busy.value = what
    problem.value = undefined
    try {
      const result = await read()
      return own === task ? result : undefined
    } catch (error) {
      if (own === task) problem.value = codeOf(error)
      return undefined
    } finally {
      if (own === task) busy.value = undefined
    }
  }

  async function makePage(file: OpenedFile | undefined): Promise<void> {
    if (file === undefined) return
    const page = current.create(cutTitle(file.name))
    sources.set(page.pageId, { fileId: file.fileId, format: file.format, name: file.name })
    await page.whenLoaded()
    if (file.text !== '') page.insert(file.text)
    current.show(page.pageId)
    notices.show(say.t('editor.fileOpened', { name: file.name }))
  }

  async function write(
    text: string,
    suggestedName: string,
    format: FileFormat,
    fileId: string | undefined,
  ): Promise<{ name: string; fileId: string | undefined } | undefined> {
    const written = await run('saving', () => platform.files.save({ text, suggestedName, format, fileId }))
    if (written !== undefined) {
      notices.show(say.t('editor.fileSaved', { name: written.name }), { tone: 'good' })
    }
    return written
  }

  // A file the app was opened with goes into the first room where it can.
  watch(
    () => pages.isLoaded.value && canWrite(),
    (isPossible) => {
      if (isPossible) void makePage(navigation.takeStartFile())
    },
    { immediate: true },
  )

  const isDropping = useFileDrop(async (files, at) => {
    if (!canWrite()) return
    // A board takes pictures and drawings; what it has no use for becomes pages.
    const others = current.board.value?.takeDropped?.(files, at) ?? files
    for (const file of others) await makePage(await run('opening', () => platform.files.readDropped(file)))
  })

  return {
    busy,
    problem,
    isDropping,

    async open() {
      if (canWrite()) await makePage(await run('opening', () => platform.files.open()))
    },

    async save(asOther) {
      const { entry, text } = current
      if (entry.value === undefined || text.value === undefined) return
      const pageId = entry.value.id
      const source = sources.get(pageId)
      const format = source?.format ?? PLAIN
      const name = asOther || source === undefined ? fileNameOf(pages.titleOf(entry.value)) : source.name
      const fileId = asOther ? undefined : source?.fileId
      const written = await write(text.value.page.content.toString(), name, format, fileId)
      if (written !== undefined) sources.set(pageId, { ...written, format })
    },

    async saveText(text, name) {
      await write(text, fileNameOf(name), PLAIN, undefined)
    },

    cancel() {
      task++
      busy.value = undefined
    },
  }
}

/** A title as a file name: what no system allows is left out, and `.md` is added where there is no ending. */
export function fileNameOf(title: string): string {
  const name = title
    .replace(/[\p{Cc}<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/gu, '')
  const safe = name === '' ? 'page' : name
  return /\.[A-Za-z0-9]{1,8}$/.test(safe) ? safe : `${safe}.md`
}
