import type { Locale } from '../../src/shared/settings'

/** What is to be seen on the pictures, in one language. */
export interface Scene {
  readonly self: string
  readonly others: readonly [string, string]
  /** The room on the pictures, and one of before. */
  readonly room: string
  /** Titles of pages; the first is on the screen. */
  readonly pages: readonly string[]
  readonly text: string
  /** Where the others are: what the first has selected, and what the second writes behind which words. */
  readonly selected: string
  readonly behind: string
  readonly typed: string
  /** Where oneself is. */
  readonly readBehind: string
  /** What is written without a connection, behind which words. */
  readonly offlineBehind: string
  readonly offline: string
}

export const SCENES: Readonly<Record<Locale, Scene>> = {
  en: {
    self: 'Anna Berg',
    others: ['Ben Adeyemi', 'Mei Lin'],
    room: 'Harbour museum',
    pages: ['Opening night', 'Guest list', 'Press text', 'Open questions', 'captions.py'],
    text: `# Opening night

The doors open at **seven**. Everything below has to be ready by *Thursday noon*. Write down what is missing.

## What happens when

1. Lights in the old crane hall go on at half past six.
2. Ben welcomes the boat builders, then the choir sings.
3. The first tour starts at eight, see the [plan of the halls](https://museum.example/halls).

> The tide turns at 20:40. Nobody should stand on the lower pier after that.

## Labels

The labels are printed from one list:

\`\`\`python
for boat in fleet:
    print(f"{boat.name}, built {boat.year}")
\`\`\`

- Wood, ropes and sails: Mei
- Engines and the telegraph: Anna
`,
    selected: 'Thursday noon',
    behind: 'then the choir sings',
    typed: ' two songs from the harbour',
    readBehind: 'printed from one list:',
    offlineBehind: 'Engines and the telegraph: Anna',
    offline: ', also the fog horn',
  },
  'zh-CN': {
    self: '林小雨',
    others: ['陈明', '王芳'],
    room: '港口博物馆',
    pages: ['开幕之夜', '来宾名单', '新闻稿', '待定问题', 'captions.py'],
    text: `# 开幕之夜

晚上**七点**开门。以下各项须在*周四中午*之前准备好，发现缺什么请立刻写在这里。

## 流程

1. 六点半，旧吊车大厅亮灯。
2. 陈明欢迎造船师傅，随后合唱团演唱。
3. 八点开始第一场导览，见[展厅平面图](https://museum.example/halls)。

> 潮水在 20:40 转向，此后请勿站在下层码头。

## 展品说明

说明牌由同一份清单打印：

\`\`\`python
for boat in fleet:
    print(f"{boat.name}, built {boat.year}")
\`\`\`

- 木材、绳索与船帆：王芳
- 发动机与传令钟：小雨
`,
    selected: '周四中午',
    behind: '随后合唱团演唱',
    typed: '两首港口的歌',
    readBehind: '由同一份清单打印：',
    offlineBehind: '发动机与传令钟：小雨',
    offline: '，还有雾笛',
  },
}
