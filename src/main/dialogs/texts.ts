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
  },
}
