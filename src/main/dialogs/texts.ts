import type { Locale } from '../../shared/settings'
import type { Guests } from '../quitting/guests'

/** Texts of the dialogs and menus that main shows itself, outside every page. The menu bar and the tray have their own. */
export interface DialogTexts {
  readonly lockedKey: {
    /** Where its file cannot be read. */
    readonly unreadable: (file: string) => { readonly message: string; readonly detail: string }
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
  /** For restarting into a new version, while people are connected. */
  readonly restart: {
    readonly message: (guests: Guests) => string
    readonly detail: string
    readonly restart: string
    readonly cancel: string
  }
  /** For a machine that is put to sleep while people are connected. */
  readonly sleep: {
    readonly message: (guests: Guests) => string
    readonly detail: string
  }
  /** What came of looking for a new version. */
  readonly updates: {
    readonly running: (version: string) => string
    readonly current: string
    readonly found: (version: string) => string
    readonly downloading: string
    readonly ready: (version: string) => string
    readonly readyDetail: string
    readonly failed: string
    readonly failedDetail: string
    readonly system: string
    readonly nobody: string
    readonly restart: string
    readonly later: string
    readonly ok: string
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
  readonly hungPage: {
    readonly message: string
    readonly detail: string
    readonly wait: string
    readonly reload: string
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
      unreadable: (file) => ({
        message: 'The key of this device cannot be read',
        detail:
          `Look at the permissions of ${file} and at its disk, then try again. With a new identity, rooms know this device ` +
          'as somebody new, and rooms you host here no longer count you as their owner. The old key is put aside, not deleted.',
      }),
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
      message: englishGuests,
      detail:
        'If you quit, they go on writing on their own devices. What they write is merged when you open the room again.',
      keepHosting: 'Keep hosting without a window',
      quit: 'Quit',
      cancel: 'Cancel',
    },
    restart: {
      message: englishGuests,
      detail:
        'If you restart for the update, they go on writing on their own devices. What they write is merged when you open the room again.',
      restart: 'Restart and update',
      cancel: 'Cancel',
    },
    sleep: {
      message: englishGuests,
      detail:
        'This computer is going to sleep. They go on writing on their own devices and are back when it wakes up.',
    },
    updates: {
      running: (version) => `This is Inkroom ${version}.`,
      current: 'Inkroom is up to date',
      found: (version) => `Inkroom ${version} is available`,
      downloading:
        'It is being downloaded. The home screen says when it is ready; nothing is installed before you restart.',
      ready: (version) => `Inkroom ${version} is ready`,
      readyDetail: 'It is installed when you restart Inkroom for it.',
      failed: 'Inkroom could not check for updates',
      failedDetail:
        'Check that this computer is online, then try again. “Show logs” in the Help menu has more.',
      system:
        'It was installed by the system’s package manager or unpacked by hand. Update it the same way: with the package manager, or by unpacking the new version.',
      nobody: 'It was built without an address to check for updates at, so it never does.',
      restart: 'Restart and update',
      later: 'Later',
      ok: 'OK',
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
    hungPage: {
      message: 'This window does not answer',
      detail:
        'It may be busy for a moment. If you load it again, what you wrote is still there: it is kept as you write.',
      wait: 'Wait',
      reload: 'Load again',
    },
    crashedApp: {
      title: 'Inkroom has to close',
      text: (folder) =>
        `Inkroom met an error of its own. What you wrote is kept on this device: start Inkroom again to go on.\n\nThe log says what happened:\n${folder}`,
    },
  },
  'zh-CN': {
    lockedKey: {
      unreadable: (file) => ({
        message: '无法读取此设备的密钥',
        detail:
          `请检查 ${file} 的权限和所在磁盘，然后重试。如果使用新身份，各房间会把此设备视为新成员，` +
          '你在本机开设的房间也不再认你为房主。旧密钥只会被移到一旁，不会删除。',
      }),
      message: '系统未能解锁此设备的密钥',
      detail:
        'Inkroom 的密钥由系统的密钥库加密保存。密钥库可能已锁定，或属于其他用户或计算机。请解锁后重试。' +
        '如果使用新身份，各房间会把此设备视为新成员，你在本机开设的房间也不再认你为房主。旧密钥只会被移到一旁，不会删除。',
      tryAgain: '重试',
      newIdentity: '使用新身份继续',
      quit: '退出',
    },
    quit: {
      message: chineseGuests,
      detail: '如果退出，他们仍可在各自的设备上继续书写。你再次打开房间时，他们写的内容会合并进来。',
      keepHosting: '关闭窗口，房间继续开放',
      quit: '退出',
      cancel: '取消',
    },
    restart: {
      message: chineseGuests,
      detail:
        '如果重新启动以更新，他们仍可在各自的设备上继续书写。你再次打开房间时，他们写的内容会合并进来。',
      restart: '重新启动并更新',
      cancel: '取消',
    },
    sleep: {
      message: chineseGuests,
      detail: '这台电脑即将睡眠。他们可在各自的设备上继续书写，电脑唤醒后会自动重新连接。',
    },
    updates: {
      running: (version) => `当前是 Inkroom ${version}。`,
      current: 'Inkroom 已是最新版本',
      found: (version) => `发现 Inkroom ${version}`,
      downloading: '正在下载，准备好后主页会提示；在你重新启动之前不会安装任何内容。',
      ready: (version) => `Inkroom ${version} 已准备好`,
      readyDetail: '重新启动 Inkroom 时会安装。',
      failed: '无法检查更新',
      failedDetail: '请确认这台电脑已联网，然后重试。“帮助”菜单中的“显示日志”有更多信息。',
      system:
        '它由系统的软件包管理器安装，或由压缩包解压而来。请用同样的方式更新：使用软件包管理器，或解压新版本。',
      nobody: '此版本在制作时没有指定更新地址，因此从不检查更新。',
      restart: '重新启动并更新',
      later: '稍后',
      ok: '好',
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
    hungPage: {
      message: '此窗口没有响应',
      detail: '它可能只是暂时繁忙。重新载入不会丢失你写的内容：内容在书写时就已保存。',
      wait: '等待',
      reload: '重新载入',
    },
    crashedApp: {
      title: 'Inkroom 必须关闭',
      text: (folder) =>
        `Inkroom 遇到了内部错误。你写的内容已保存在此设备上，重新启动 Inkroom 即可继续。\n\n日志记录了发生的情况：\n${folder}`,
    },
  },
}

function englishGuests({ people, rooms }: Guests): string {
  return `${people === 1 ? '1 person is' : `${people} people are`} connected to ${english(rooms)}`
}

function chineseGuests({ people, rooms }: Guests): string {
  return `有 ${people} 人已连接到${chinese(rooms)}`
}

function english(rooms: readonly string[]): string {
  return rooms.length === 1 ? `“${rooms.join('')}”` : `${rooms.length} of your rooms`
}

function chinese(rooms: readonly string[]): string {
  return rooms.length === 1 ? `“${rooms.join('')}”` : `你的 ${rooms.length} 个房间`
}
