import type { Locale } from '../../shared/settings'
import type { Guests } from '../quitting/guests'

/** Texts of the dialogs and menus that main shows itself, outside every page. The menu bar and the tray have their own. */
export interface DialogTexts {
  readonly lockedKey: {
    readonly message: string
    readonly detail: string
    readonly tryAgain: string
    readonly newIdentity: string
    readonly quit: string
  }
  /** For quitting and for closing the last window, while people are connected. */
  readonly quit: {
    readonly message: (guests: Guests) => string
    readonly detail: string
    readonly keepHosting: string
    readonly quit: string
    readonly cancel: string
  }
  readonly openExternal: {
    readonly web: string
    readonly mail: string
    readonly open: string
    readonly cancel: string
  }
  /** The menu of the other mouse button on text. */
  readonly textMenu: {
    readonly cut: string
    readonly copy: string
    readonly paste: string
    readonly pasteAsText: string
    readonly selectAll: string
    readonly copyLink: string
  }
  /** `kind`: what files that hold a room are called in the system's file dialogs. */
  readonly roomFile: { readonly kind: string }
  readonly trayFailed: { readonly title: string; readonly text: string }
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
    quit: {
      message: ({ people, rooms }) =>
        `${people === 1 ? '1 person is' : `${people} people are`} connected to ${english(rooms)}`,
      detail:
        'If you quit, they go on writing on their own devices. What they write is merged when you open the room again.',
      keepHosting: 'Keep hosting without a window',
      quit: 'Quit',
      cancel: 'Cancel',
    },
    openExternal: {
      web: 'Open this address in your browser?',
      mail: 'Write to this address with your mail program?',
      open: 'Open',
      cancel: 'Cancel',
    },
    textMenu: {
      cut: 'Cut',
      copy: 'Copy',
      paste: 'Paste',
      pasteAsText: 'Paste as text',
      selectAll: 'Select all',
      copyLink: 'Copy link',
    },
    roomFile: { kind: 'Inkroom room' },
    trayFailed: {
      title: 'That did not work',
      text: 'The room server did not answer. Open Inkroom to see how your rooms are doing.',
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
    quit: {
      message: ({ people, rooms }) => `有 ${people} 人已连接到${chinese(rooms)}`,
      detail: '如果退出，他们仍可在各自的设备上继续书写。你再次打开房间时，他们写的内容会合并进来。',
      keepHosting: '关闭窗口并继续主持',
      quit: '退出',
      cancel: '取消',
    },
    openExternal: {
      web: '要在浏览器中打开此地址吗？',
      mail: '要用邮件程序写信到此地址吗？',
      open: '打开',
      cancel: '取消',
    },
    textMenu: {
      cut: '剪切',
      copy: '复制',
      paste: '粘贴',
      pasteAsText: '粘贴为纯文本',
      selectAll: '全选',
      copyLink: '复制链接',
    },
    roomFile: { kind: 'Inkroom 房间' },
    trayFailed: {
      title: '操作未成功',
      text: '房间服务没有响应。请打开 Inkroom 查看房间的状况。',
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

function english(rooms: readonly string[]): string {
  return rooms.length === 1 ? `“${rooms.join('')}”` : `${rooms.length} of your rooms`
}

function chinese(rooms: readonly string[]): string {
  return rooms.length === 1 ? `“${rooms.join('')}”` : `你的 ${rooms.length} 个房间`
}
