import type { TestApp } from './launchApp'

/** The system's file dialogs of an app, which no test could press: they answer with what was chosen before. */
export class FileDialogs {
  constructor(private readonly app: TestApp) {}

  /** What the person chooses the next times they open a file. */
  async opensNext(path: string): Promise<void> {
    await this.app.electron.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
    }, path)
  }

  /** What the person chooses the next times they save. Returns what asks for the path that was suggested. */
  async savesNext(path: string): Promise<() => Promise<unknown>> {
    const { electron } = this.app
    await electron.evaluate(({ dialog }, chosen) => {
      const answer = (...args: unknown[]) => {
        Reflect.set(globalThis, 'saveDialog', args.at(-1))
        return Promise.resolve({ canceled: false, filePath: chosen })
      }
      dialog.showSaveDialog = answer
    }, path)
    return () =>
      electron.evaluate(() => {
        const options: unknown = Reflect.get(globalThis, 'saveDialog')
        return typeof options === 'object' && options !== null
          ? Reflect.get(options, 'defaultPath')
          : undefined
      })
  }
}
