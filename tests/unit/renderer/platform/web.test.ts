import { afterEach, describe, expect, it, vi } from 'vitest'
import { copyText } from '../../../../src/renderer/platform/web/copyText'
import { createLeaveWarning } from '../../../../src/renderer/platform/web/leaveWarning'
import type { KeyValueStore } from '../../../../src/renderer/platform/web/storedJson'
import { loadWebDevice } from '../../../../src/renderer/platform/web/webDevice'
import { createWebFiles } from '../../../../src/renderer/platform/web/webFiles'
import { createWebSettings } from '../../../../src/renderer/platform/web/webSettings'

class MemoryStore implements KeyValueStore {
  readonly values = new Map<string, string>()
  isFull = false

  getItem(key: string): string | null {
    return this.values.get(key) ?? null
  }

  setItem(key: string, value: string): void {
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError')
    this.values.set(key, value)
  }
}

/** Bytes that differ from call to call. */
function countingBytes(): (length: number) => Uint8Array {
  let call = 0
  return (length) => new Uint8Array(length).fill(++call)
}

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  document.body.replaceChildren()
})

describe('the device key of a browser', () => {
  it('is made once for an origin', () => {
    const store = new MemoryStore()
    const randomBytes = countingBytes()
    const first = loadWebDevice(store, randomBytes)
    expect(loadWebDevice(store, randomBytes)).toEqual(first)
  })

  it('is the one that is stored, where two tabs make one at the same time', () => {
    const store = new MemoryStore()
    const other = loadWebDevice(new MemoryStore(), () => new Uint8Array(32).fill(9))
    const late = vi.spyOn(store, 'setItem').mockImplementation((key) => {
      store.values.set(key, JSON.stringify(other))
    })
    expect(loadWebDevice(store, countingBytes())).toEqual(other)
    expect(late).toHaveBeenCalledOnce()
  })

  it('is made anew where what is stored is none', () => {
    const store = new MemoryStore()
    store.values.set('inkroom.device', '{"publicKey":"x"')
    expect(loadWebDevice(store, countingBytes()).privateKey).toMatch(/^[A-Za-z0-9_-]{43}$/)
  })
})

describe('settings in a browser', () => {
  it('come back as they were saved', async () => {
    const store = new MemoryStore()
    const settings = { name: 'Ada', colour: 4, locale: 'zh-CN', theme: 'dark' } as const
    await createWebSettings(store, 'en').save(settings)
    expect(await createWebSettings(store, 'en').load()).toEqual(settings)
  })

  it('start in the language of the browser, also where what is stored is bad', async () => {
    const store = new MemoryStore()
    store.values.set('inkroom.settings', '{"theme":"pink"}')
    expect(await createWebSettings(store, 'zh-Hans-CN').load()).toMatchObject({
      locale: 'zh-CN',
      theme: 'system',
    })
  })

  it('that cannot be stored say so with a code', async () => {
    const store = new MemoryStore()
    store.isFull = true
    const settings = { name: '', colour: 0, locale: 'en', theme: 'light' } as const
    await expect(createWebSettings(store, 'en').save(settings)).rejects.toMatchObject({
      code: 'storage-failed',
    })
  })
})

describe('files in a browser', () => {
  const files = createWebFiles(document)

  it('that are dropped are read as text, with their format', async () => {
    const file = new File([new TextEncoder().encode('\ufeffa\r\nb')], 'notes.txt')
    expect(await files.readDropped(file)).toEqual({
      name: 'notes.txt',
      text: 'a\nb',
      format: { bom: true, lineBreak: '\r\n' },
      fileId: undefined,
    })
  })

  it('that are no text are refused with file-not-text', async () => {
    const file = new File([new Uint8Array([0, 1, 2])], 'picture.png')
    await expect(files.readDropped(file)).rejects.toMatchObject({ code: 'file-not-text' })
  })

  it('that cannot be read are refused with file-unreadable', async () => {
    const folder = new File([], 'folder')
    vi.spyOn(folder, 'arrayBuffer').mockRejectedValue(new DOMException('gone', 'NotFoundError'))
    await expect(files.readDropped(folder)).rejects.toMatchObject({ code: 'file-unreadable' })
  })

  it('are chosen in a file input, which goes when the choice is made or cancelled', async () => {
    const clicked = vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(() => undefined)
    const cancelled = files.open()
    document.querySelector('input')?.dispatchEvent(new Event('cancel'))
    expect(await cancelled).toBeUndefined()
    expect(clicked).toHaveBeenCalledOnce()
    expect(document.querySelector('input')).toBeNull()
  })

  it('are saved as a download with the bytes they came with', async () => {
    let saved: Blob | undefined
    let name = ''
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      saved = blob instanceof Blob ? blob : undefined
      return 'blob:test'
    })
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      name = this.download
    })
    const format = { bom: true, lineBreak: '\r\n' } as const
    const result = await files.save({ text: 'a\nb', suggestedName: 'notes.md', format, fileId: undefined })
    expect(result).toEqual({ name: 'notes.md', fileId: undefined })
    expect(name).toBe('notes.md')
    expect(new Uint8Array((await saved?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(
      new TextEncoder().encode('\ufeffa\r\nb'),
    )
  })
})

describe('copying text in a browser', () => {
  it('over plain http copies a selection, and gives the focus back', async () => {
    vi.stubGlobal('navigator', {})
    const button = document.createElement('button')
    document.body.append(button)
    button.focus()
    let copied = ''
    document.execCommand = (command) => {
      const field = document.querySelector('textarea')
      copied = `${command} ${field?.value ?? 'nothing'}`
      return true
    }
    await copyText('a link')
    expect(copied).toBe('copy a link')
    expect(document.querySelector('textarea')).toBeNull()
    expect(document.activeElement).toBe(button)
  })

  it('that the browser refuses says so with a code', async () => {
    vi.stubGlobal('navigator', {})
    document.execCommand = () => false
    await expect(copyText('a link')).rejects.toMatchObject({ code: 'copy-failed' })
    expect(document.querySelector('textarea')).toBeNull()
  })
})

describe('leaving a page', () => {
  function leave(): boolean {
    const event = new Event('beforeunload', { cancelable: true })
    window.dispatchEvent(event)
    return !event.defaultPrevented
  }

  it('asks first while there are unsent edits, and only then', () => {
    const setUnsent = createLeaveWarning(window)
    expect(leave()).toBe(true)
    setUnsent(2)
    setUnsent(1)
    expect(leave()).toBe(false)
    setUnsent(0)
    expect(leave()).toBe(true)
  })
})
