import type { Locale } from '../../shared/settings'

/** Texts of the dialogs that main shows itself, outside every page. */
export interface DialogTexts {
  readonly lockedKey: {
    readonly message: string
    readonly detail: string
    readonly tryAgain: string
    readonly newIdentity: string
    readonly quit: string
  }
  readonly crashedPage: {
    readonly message: string
    readonly detail: string
    readonly reload: string
    readonly close: string
  }
  readonly crashedApp: {
    readonly title: string
    /** `folder`: where the logs are. */
    readonly text: (folder: string) => string
  }
}

export const DIALOG_TEXTS: Readonly<Record<Locale, DialogTexts>> = {
  en: {
    lockedKey: {
      message: 'The system does not unlock the key of this device',
      detail:
        'Inkroom’s key is kept encrypted by the system’s key store, which is locked, or belongs to another user or computer. ' +
        'Unlock it and try again. With a new identity, rooms know this device as somebody new, and rooms you host here ' +
        'no longer count you as their owner. The old key is put aside, not deleted.',
      tryAgain: 'Try again',
      newIdentity: 'Go on with a new identity',
      quit: 'Quit',
    },
    crashedPage: {
      message: 'This window has crashed twice within a minute',
      detail: 'What you wrote is kept on this device. Load the window again, or close it and go on later.',
      reload: 'Load again',
      close: 'Close the window',
    },
    crashedApp: {
      title: 'Inkroom has to close',
      text: (folder) =>
        `Inkroom met an error of its own. What you wrote is kept on this device: start Inkroom again to go on.\n\nThe log says what happened:\n${folder}`,
    },
  },
  'zh-CN': {
    lockedKey: {
      message: '系统未能解锁此设备的密钥',
      detail:
        'Inkroom 的密钥由系统的密钥库加密保存。密钥库可能已锁定，或属于其他用户或计算机。请解锁后重试。' +
        '如果使用新身份，各房间会把此设备视为新成员，你在本机主持的房间也不再认你为所有者。旧密钥只会被移到一旁，不会删除。',
      tryAgain: '重试',
      newIdentity: '使用新身份继续',
      quit: '退出',
    },
    crashedPage: {
      message: '此窗口在一分钟内崩溃了两次',
      detail: '你写的内容已保存在此设备上。可以重新载入窗口，或关闭它稍后再继续。',
      reload: '重新载入',
      close: '关闭窗口',
    },
    crashedApp: {
      title: 'Inkroom 必须关闭',
      text: (folder) =>
        `Inkroom 遇到了内部错误。你写的内容已保存在此设备上，重新启动 Inkroom 即可继续。\n\n日志记录了发生的情况：\n${folder}`,
    },
  },
}
