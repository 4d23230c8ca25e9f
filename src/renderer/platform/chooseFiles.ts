/** Asks for files with the browser's own dialog, which the desktop app has too; empty where it was cancelled. */
export function chooseFiles(
  page: Document,
  options: { readonly accept?: string; readonly multiple?: boolean } = {},
): Promise<readonly File[]> {
  const input = page.createElement('input')
  input.type = 'file'
  input.accept = options.accept ?? ''
  input.multiple = options.multiple ?? false
  // Without this the element may be collected before the person has chosen.
  input.hidden = true
  page.body.append(input)
  return new Promise((resolve) => {
    const finish = (): void => {
      input.remove()
      resolve([...(input.files ?? [])])
    }
    input.addEventListener('change', finish, { once: true })
    input.addEventListener('cancel', finish, { once: true })
    input.click()
  })
}
