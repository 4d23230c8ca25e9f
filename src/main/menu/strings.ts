import type { Locale } from '../../shared/settings'

/** Texts of the menu bar. The pages have their own translations. */
export interface MenuStrings {
  readonly file: string
  readonly newWindow: string
  readonly hostRoom: string
  readonly joinRoom: string
  readonly newPage: string
  readonly newBoard: string
  readonly openFile: string
  readonly saveFile: string
  readonly exportFile: string
  readonly openRoomFile: string
  readonly saveRoomFile: string
  readonly invite: string
  readonly leaveRoom: string
  readonly settings: string
  readonly closeWindow: string
  readonly quit: string
  readonly edit: string
  readonly undo: string
  readonly redo: string
  readonly cut: string
  readonly copy: string
  readonly paste: string
  readonly pasteAsText: string
  readonly selectAll: string
  readonly find: string
  readonly view: string
  readonly toggleSidebar: string
  readonly zoomIn: string
  readonly zoomOut: string
  readonly actualSize: string
  readonly fullScreen: string
  readonly theme: string
  readonly themeSystem: string
  readonly themeLight: string
  readonly themeDark: string
  readonly developerTools: string
  readonly window: string
  readonly minimize: string
  readonly help: string
  readonly shortcuts: string
  readonly showLogs: string
  readonly checkForUpdates: string
  readonly about: string
  readonly services: string
  readonly hide: string
  readonly hideOthers: string
  readonly unhide: string
}

export const MENU_STRINGS: Readonly<Record<Locale, MenuStrings>> = {
  en: {
    file: '&File',
    newWindow: 'New &window',
    hostRoom: '&Host a room',
    joinRoom: '&Join a room…',
    newPage: '&New page',
    newBoard: 'New white&board',
    openFile: '&Open file…',
    saveFile: '&Save to file',
    exportFile: '&Export as…',
    openRoomFile: 'Open &room file…',
    saveRoomFile: 'Sa&ve room as file…',
    invite: '&Invite…',
    leaveRoom: '&Leave room…',
    settings: 'Se&ttings…',
    closeWindow: '&Close window',
    quit: '&Quit Inkroom',
    edit: '&Edit',
    undo: '&Undo',
    redo: '&Redo',
    cut: 'Cu&t',
    copy: '&Copy',
    paste: '&Paste',
    pasteAsText: 'Paste as te&xt',
    selectAll: 'Select &all',
    find: '&Find…',
    view: '&View',
    toggleSidebar: '&Show or hide the pages',
    zoomIn: 'Zoom &in',
    zoomOut: 'Zoom &out',
    actualSize: '&Actual size',
    fullScreen: '&Full screen',
    theme: 'A&ppearance',
    themeSystem: '&System',
    themeLight: '&Light',
    themeDark: '&Dark',
    developerTools: '&Developer tools',
    window: '&Window',
    minimize: '&Minimize',
    help: '&Help',
    shortcuts: '&Keyboard shortcuts',
    showLogs: 'Show &logs',
    checkForUpdates: 'Check for &updates…',
    about: '&About Inkroom',
    services: 'Services',
    hide: 'Hide Inkroom',
    hideOthers: 'Hide others',
    unhide: 'Show all',
  },
  'zh-CN': {
    file: '文件(&F)',
    newWindow: '新建窗口(&W)',
    hostRoom: '开设房间(&H)',
    joinRoom: '加入房间…(&J)',
    newPage: '新建页面(&N)',
    newBoard: '新建白板(&B)',
    openFile: '打开文件…(&O)',
    saveFile: '保存到文件(&S)',
    exportFile: '导出为…(&E)',
    openRoomFile: '打开房间文件…(&R)',
    saveRoomFile: '将房间存为文件…(&V)',
    invite: '邀请…(&I)',
    leaveRoom: '离开房间…(&L)',
    settings: '设置…(&T)',
    closeWindow: '关闭窗口(&C)',
    quit: '退出 Inkroom(&Q)',
    edit: '编辑(&E)',
    undo: '撤销(&U)',
    redo: '重做(&R)',
    cut: '剪切(&T)',
    copy: '复制(&C)',
    paste: '粘贴(&P)',
    pasteAsText: '粘贴为纯文本(&X)',
    selectAll: '全选(&A)',
    find: '查找…(&F)',
    view: '视图(&V)',
    toggleSidebar: '显示或隐藏页面列表(&S)',
    zoomIn: '放大(&I)',
    zoomOut: '缩小(&O)',
    actualSize: '实际大小(&A)',
    fullScreen: '全屏(&F)',
    theme: '外观(&T)',
    themeSystem: '跟随系统(&S)',
    themeLight: '浅色(&L)',
    themeDark: '深色(&D)',
    developerTools: '开发者工具(&D)',
    window: '窗口(&W)',
    minimize: '最小化(&M)',
    help: '帮助(&H)',
    shortcuts: '键盘快捷键(&K)',
    showLogs: '显示日志(&L)',
    checkForUpdates: '检查更新…(&U)',
    about: '关于 Inkroom(&A)',
    services: '服务',
    hide: '隐藏 Inkroom',
    hideOthers: '隐藏其他',
    unhide: '全部显示',
  },
}
