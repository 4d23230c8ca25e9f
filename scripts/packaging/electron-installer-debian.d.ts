/** The part of electron-installer-debian, which has no types of its own, that the packaging uses. */
declare module 'electron-installer-debian' {
  export interface DebianOptions {
    readonly src: string
    readonly dest: string
    readonly arch: string
    readonly name: string
    readonly productName: string
    readonly description: string
    readonly productDescription: string
    readonly maintainer: string
    readonly homepage: string
    readonly section: string
    readonly bin: string
    readonly icon: Readonly<Record<string, string>>
    readonly compression: 'xz' | 'gzip' | 'zstd'
    /** Of each package that was made, its path as a lodash template. */
    readonly rename: (dest: string, name: string) => string
    readonly logger: (line: string) => void
  }

  /** Builds a package step by step. */
  export class Installer {
    constructor(options: DebianOptions)
    readonly stagingDir: string
    readonly options: DebianOptions & { readonly packagePaths: readonly string[] }
    /** Methods that put files into `stagingDir`, called side by side. */
    get contentFunctions(): string[]
    createDesktopFile(): Promise<void>
    generateDefaults(): Promise<unknown>
    generateOptions(): unknown
    createStagingDir(): Promise<unknown>
    createContents(): Promise<unknown>
    createPackage(): Promise<void>
    movePackage(): Promise<void>
  }
}
