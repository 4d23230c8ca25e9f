import type { Messages } from '../messages'

/** What the keys do, for the help sheet, in Simplified Chinese. */
export const zhCnShortcuts: Messages['shortcuts'] = {
  title: '键盘快捷键',
  groupRoom: '房间',
  groupPages: '页面列表',
  groupText: '书写',
  groupBoard: '白板',
  newPage: '新建页面',
  openFile: '打开文件',
  saveFile: '保存到文件',
  exportFile: '导出为另一个文件',
  toggleSidebar: '显示或隐藏页面列表',
  settings: '设置',
  help: '本列表',
  focusPages: '转到页面列表',
  focusText: '转到正文',
  invite: '邀请他人',
  rename: '重命名页面',
  delete: '删除页面',
  moveUp: '上移页面',
  moveDown: '下移页面',
  undo: '撤销自己的上一处编辑',
  redo: '重做',
  find: '查找和替换',
  selectNext: '同时选中下一处相同文字',
  addCursor: '在上方或下方添加光标',
  indent: '增加或减少缩进',
  leaveTab: '让 Tab 键离开正文',
  moveLine: '移动当前行',
  bold: '加粗',
  italic: '斜体',
}

/** Names of keys in Simplified Chinese. */
export const zhCnKeys: Messages['keys'] = {
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  up: '↑',
  down: '↓',
  escape: 'Esc',
  delete: 'Del',
  tab: 'Tab',
  command: '⌘',
  option: '⌥',
}
