import { Installer } from 'electron-installer-debian'
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, parse } from 'node:path'
import { ROOT, readJson } from '../bootstrap/paths.mjs'
import config from './electronBuilder.config.mjs'
import { desktopFile, mimeInfo, mimeIconName } from './linuxDesktop.mjs'

const ICONS = join(ROOT, 'resources', 'icons')
const DOCUMENT_ICONS = join(ROOT, 'resources', 'document-icons')

const DESCRIPTION = `Several people write Markdown pages and draw on whiteboards at the same time. One of them hosts the room, straight from this program.
`

/*
 * A .deb where electron-builder's own way is closed, since it downloads the tool it packs with.
 */
class InkroomDebian extends Installer {
  /** @override */
  get contentFunctions() {
    return [...super.contentFunctions, 'createMimeInfo', 'copyDocumentIcons']
  }

  /** @override */
  async createDesktopFile() {
    this.#write('applications/inkroom.desktop', desktopFile())
  }

  async createMimeInfo() {
    this.#write('mime/packages/inkroom.xml', mimeInfo())
  }

  async copyDocumentIcons() {
    for (const [size, file] of Object.entries(iconsIn(DOCUMENT_ICONS))) {
      cpSync(file, this.#shared(`icons/hicolor/${size}/mimetypes/${mimeIconName()}.png`))
    }
  }

  /**
   * @param {string} path below /usr/share
   * @returns {string} where to put it; its folder is there
   */
  #shared(path) {
    const file = join(this.stagingDir, 'usr', 'share', path)
    mkdirSync(dirname(file), { recursive: true })
    return file
  }

  /**
   * @param {string} path below /usr/share
   * @param {string} text
   */
  #write(path, text) {
    writeFileSync(this.#shared(path), text)
  }
}

/**
 * Makes the .deb of an unpacked app.
 * @param {string} unpacked its folder
 * @param {string} dest folder for the package
 * @returns {Promise<string[]>} the files made
 */
export async function makeDebian(unpacked, dest) {
  const { version, description } = /** @type {{ version: string, description: string }} */ (
    readJson(join(ROOT, 'package.json'))
  )
  const arch = { x64: 'amd64', arm64: 'arm64' }[/** @type {string} */ (process.arch)] ?? process.arch
  const installer = new InkroomDebian({
    src: unpacked,
    dest,
    arch,
    name: 'inkroom',
    productName: 'Inkroom',
    description: description.replace(/\.$/, ''),
    productDescription: DESCRIPTION,
    maintainer: String(config.linux?.maintainer),
    homepage: String(config.extraMetadata?.homepage),
    section: 'editors',
    bin: 'inkroom',
    icon: iconsIn(ICONS),
    // Half the time of xz for a file a tenth larger.
    compression: 'zstd',
    rename: (folder) => join(folder, `inkroom_${version}_${arch}.deb`),
    logger: () => undefined,
  })
  await installer.generateDefaults()
  installer.generateOptions()
  await installer.createStagingDir()
  await installer.createContents()
  await installer.createPackage()
  await installer.movePackage()
  return [...installer.options.packagePaths]
}

/**
 * @param {string} folder
 * @returns {Record<string, string>} path by size, such as 48x48
 */
function iconsIn(folder) {
  return Object.fromEntries(readdirSync(folder).map((name) => [parse(name).name, join(folder, name)]))
}
