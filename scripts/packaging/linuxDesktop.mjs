/** What the Linux desktop is told about the app; the same for every kind of package. */

export const MIME_TYPES = {
  bundle: 'application/x-inkroom',
  markdown: 'text/markdown',
  link: 'x-scheme-handler/inkroom',
}

/** Lines of the .desktop file besides those that every packager writes by itself. */
export const DESKTOP_ENTRY = {
  'Comment[zh_CN]': '在同一个网络里一起书写和绘图，无需账号，也无需云端。',
  GenericName: 'Shared Notes and Whiteboards',
  'GenericName[zh_CN]': '共享笔记与白板',
  Keywords: 'notes;markdown;whiteboard;collaboration;',
  'Keywords[zh_CN]': '笔记;白板;协作;',
  StartupWMClass: 'Inkroom',
}

/**
 * The freedesktop description of the files the app opens.
 * @returns {string}
 */
export function mimeInfo() {
  return `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="${MIME_TYPES.bundle}">
    <comment>Inkroom room</comment>
    <comment xml:lang="zh_CN">Inkroom 房间</comment>
    <glob pattern="*.inkroom"/>
    <icon name="${mimeIconName()}"/>
  </mime-type>
</mime-info>
`
}

/** @returns {string} the name of the icon of the app's files */
export function mimeIconName() {
  return MIME_TYPES.bundle.replace('/', '-')
}

/**
 * The .desktop file, for packagers that write none.
 * @returns {string}
 */
export function desktopFile() {
  const entry = {
    Type: 'Application',
    Name: 'Inkroom',
    Comment: 'Write and draw together in one room',
    ...DESKTOP_ENTRY,
    Exec: 'inkroom %U',
    Icon: 'inkroom',
    Terminal: 'false',
    StartupNotify: 'true',
    Categories: 'Office;',
    MimeType: Object.values(MIME_TYPES)
      .map((type) => `${type};`)
      .join(''),
  }
  const lines = Object.entries(entry).map(([key, value]) => `${key}=${value}`)
  return ['[Desktop Entry]', ...lines, ''].join('\n')
}
