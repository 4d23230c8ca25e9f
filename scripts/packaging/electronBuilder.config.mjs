import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../bootstrap/paths.mjs'
import { DESKTOP_ENTRY, MIME_TYPES } from './linuxDesktop.mjs'
import { updateFeed } from './updateFeed.mjs'

/** @import { Configuration } from 'electron-builder' */

/** Built for the older Node-API of the fallback runtime; where it lies, better-sqlite3 takes it before all others. */
const FALLBACK_SQLITE = 'node_modules/better-sqlite3/build/Release/better_sqlite3.node'

/**
 * What electron-builder makes of the build in out/, on every platform.
 * @type {Configuration}
 */
export default {
  appId: 'org.inkroom.Inkroom',
  productName: 'Inkroom',
  copyright: 'Copyright © The Inkroom authors',
  directories: { output: 'dist', buildResources: 'resources' },
  extraMetadata: { homepage: homepage() },
  // Everything but better-sqlite3 is bundled. Of that, only its JavaScript and the one binary for the target.
  files: [
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    'resources/icon.png',
    'resources/tray/*.png',
    'package.json',
    '!node_modules/**',
    'node_modules/better-sqlite3/{package.json,LICENSE,lib/**}',
    existsSync(join(ROOT, FALLBACK_SQLITE))
      ? FALLBACK_SQLITE
      : 'node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node',
  ],
  extraResources: [
    { from: 'out/main/licences.txt', to: 'licences/app.txt' },
    { from: 'out/renderer/licences.txt', to: 'licences/page.txt' },
  ],
  // Only what the system has to load itself lies outside the archive, whose integrity is checked.
  asar: { smartUnpack: false },
  asarUnpack: ['**/*.node'],
  // The prebuilt binary fits every runtime.
  npmRebuild: false,
  nodeGypRebuild: false,
  // The app speaks English and Chinese; Chromium's own texts (a file dialog, a context menu) need no more.
  electronLanguages: ['en', 'en-US', 'en-GB', 'zh_CN', 'zh_TW', 'zh-CN', 'zh-TW'],
  publish: updateFeed(),
  fileAssociations: [
    {
      ext: 'inkroom',
      name: 'Inkroom room',
      description: 'Room of Inkroom',
      mimeType: MIME_TYPES.bundle,
      icon: 'resources/document',
      role: 'Editor',
    },
    // An alternative: whoever has an editor for Markdown keeps it.
    {
      ext: 'md',
      name: 'Markdown',
      description: 'Markdown document',
      mimeType: MIME_TYPES.markdown,
      role: 'Editor',
      rank: 'Alternate',
    },
  ],
  protocols: [{ name: 'Inkroom room', schemes: ['inkroom'], role: 'Viewer' }],

  win: {
    target: [{ target: 'nsis', arch: ['x64', 'arm64'] }],
    icon: 'resources/icon.ico',
  },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    // Rooms are people's work; removing the app must not remove it.
    deleteAppDataOnUninstall: false,
    artifactName: '${productName}-${version}-${arch}-setup.${ext}',
  },

  mac: {
    target: [
      { target: 'dmg', arch: ['x64', 'arm64'] },
      // What electron-updater installs from.
      { target: 'zip', arch: ['x64', 'arm64'] },
    ],
    icon: 'resources/icon.icns',
    category: 'public.app-category.productivity',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'resources/mac/entitlements.plist',
    entitlementsInherit: 'resources/mac/entitlements.plist',
    extendInfo: {
      NSLocalNetworkUsageDescription:
        'Inkroom finds rooms near you and connects to the computers that host them, directly over your network.',
      NSBonjourServices: ['_inkroom._tcp'],
    },
  },

  linux: {
    target: ['AppImage', 'deb', 'rpm', 'tar.gz'],
    icon: 'resources/icons',
    executableName: 'inkroom',
    category: 'Office',
    maintainer: 'The Inkroom authors <authors@inkroom.invalid>',
    synopsis: 'Write and draw together in one room',
    desktop: { entry: DESKTOP_ENTRY },
    artifactName: '${name}-${version}-${arch}.${ext}',
  },
  deb: { packageCategory: 'editors', priority: 'optional' },
}

/**
 * Where the project lives, which packages for Linux have to name. Forks name their own.
 * @returns {string}
 */
function homepage() {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = process.env
  return server && repository ? `${server}/${repository}` : 'https://inkroom.invalid'
}
