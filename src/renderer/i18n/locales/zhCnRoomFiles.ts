import type { enRoomFile, enRoomFileErrors } from './enRoomFiles'

export const zhCnRoomFile: Record<keyof typeof enRoomFile, string> = {
  choose: '打开房间文件…',
  save: '将房间存为文件…',
  saving: '正在将“{title}”存为文件…',
  saved: '已保存为 {name}',
  opening: '正在打开“{name}”…',
  openTitle: '用“{name}”建立房间？',
  openText:
    '它会成为这台电脑上属于你的新房间，包含全部页面、历史记录和图片，没有网络也能使用。请只打开你信任的人给的文件。',
  open: '打开',
  listed: '让附近的人找到它',
  listedHint: '房间开放时，会显示在同一网络中其他人的 Inkroom 里。',
  drop: '松开即可打开此文件中的房间',
}

export const zhCnRoomFileErrors: Record<keyof typeof enRoomFileErrors, string> = {
  'bundle-unreadable': '无法读取房间文件。请确认文件仍然存在且你有权打开，然后重试。',
  'bundle-unwritable': '无法将房间保存到那里，原有内容保持不变。请选择其他文件夹。',
  'bundle-disk-full': '磁盘已满，房间没有保存，原有内容保持不变。请腾出空间，或选择其他磁盘。',
  'bundle-foreign':
    '这不是 Inkroom 房间文件，因此没有打开。请选择以 .inkroom 结尾的文件；其他文件请在房间里打开。',
  'bundle-too-new': '此房间文件由更新版本的 Inkroom 制作。请更新 Inkroom 后再打开。',
  'bundle-damaged': '此房间文件已损坏，因此没有打开。请重新索取，或打开另一份副本。',
  'bundle-too-large': '此房间文件的内容超过一个房间的上限，因此没有打开。请向制作者索取较小的房间。',
  'bundle-cancelled': '已取消，没有任何改动。',
  'file-is-room': '此文件包含整个房间，而不是一个页面。请在主页用“打开房间文件…”打开。',
}
