import type { Locale } from '../../shared/settings'

/** Texts of the menu bar. The pages have their own translations. */
export interface MenuStrings {
  readonly file: string
  readonly newWindow: string
  readonly newPage: string
  readonly openFile: string
  readonly exportFile: string
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
  readonly developerTools: string
  readonly help: string
  readonly about: string
}

export const MENU_STRINGS: Readonly<Record<Locale, MenuStrings>> = {
  en: {
    file: '&File',
    newWindow: 'New &window',
    newPage: '&New page',
    openFile: '&Open file…',
    exportFile: '&Export page…',
    settings: '&Settings…',
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
    toggleSidebar: 'Show or hide &sidebar',
    zoomIn: 'Zoom &in',
    zoomOut: 'Zoom &out',
    actualSize: '&Actual size',
    fullScreen: '&Full screen',
    developerTools: '&Developer tools',
    help: '&Help',
    about: '&About Inkroom',
  },
  'zh-CN': {
    file: '文件(&F)',
    newWindow: '新建窗口(&W)',
    newPage: '新建页面(&N)',
    openFile: '打开文件…(&O)',
    exportFile: '导出页面…(&E)',
    settings: '设置…(&S)',
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
    toggleSidebar: '显示或隐藏侧边栏(&S)',
    zoomIn: '放大(&I)',
    zoomOut: '缩小(&O)',
    actualSize: '实际大小(&A)',
    fullScreen: '全屏(&F)',
    developerTools: '开发者工具(&D)',
    help: '帮助(&H)',
    about: '关于 Inkroom(&A)',
  },
}
