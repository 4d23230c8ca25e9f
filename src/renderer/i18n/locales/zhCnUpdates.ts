import type { enUpdates } from './enUpdates'

export const zhCnUpdates: Record<keyof typeof enUpdates, string> = {
  title: '更新',
  automatic: '检查新版本',
  automaticHint: '不时到 Inkroom 的来源地址查看。不会发送关于你或这台电脑的任何信息。',
  check: '立即检查',
  checking: '正在检查新版本…',
  running: '当前是 Inkroom {version}。',
  current: 'Inkroom {version} 已是最新版本。',
  downloading: '正在下载 Inkroom {version}…',
  ready: 'Inkroom {version} 已准备好，点“立即重新启动”即可安装。',
  restart: '立即重新启动',
  failed: '无法检查新版本。请确认这台电脑已联网，然后重试。',
  system: '新版本由系统的软件包管理器，或由解压它的人安装。',
}
