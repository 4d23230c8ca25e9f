import type { Messages } from '../messages'

/** Simplified Chinese texts about pictures on whiteboards. */
export const zhCnPictures: Messages['pictures'] = {
  loading: '正在加载 {percent}%',
  loadingFirst: '正在加载…',
  waiting: '正在等待添加者上传',
  waitingDetail: '图片尚未到达房间。',
  unconnected: '正在等待连接',
  failed: '无法加载',
  retry: '{reason}双击可重试。',
  broken: '图片已损坏',
  brokenDetail: '图片已完整收到，但此设备无法显示。',
  missing: '此处没有图片',
  missingDetail: '来源文件中没有这张图片。',
  sending: '正在上传 {percent}%',
  unsent: '尚未上传',
  status: '{name}，{status}',
  describe: '描述图片…',
  description: '图片内容，供看不到图片的人使用',
  adding: '正在添加图片 {n} / {count}',
  added: '已添加 {n} 张图片',
  refused: '未添加“{name}”。{reason}',
  refusedMany:
    '有 {n} 个文件未添加：{names}。图片须为 PNG、JPEG、GIF 或 WebP，不超过 10 MB 和 5000 万像素。',
  notBrought: '有一张图片无法一并带来。{reason}',
  pasteByKey: '此处只能用键盘粘贴：请按 {keys}。',
  leftOut: '有 {n} 张图片尚未下载到此设备，已略过。',
  fetching: '正在先取回图片…',
  importLost: '文件中有 {n} 张图片无法导入。',
  importNotJson: '“{name}”不是 Excalidraw 文件：内容不是 JSON，可能不完整或来自其他程序。白板未改动。',
  importOtherKind: '“{name}”不是 Excalidraw 文件：内容是 JSON，但属于其他类型。白板未改动。',
  importBroken: '“{name}”是 Excalidraw 文件，但图形列表已损坏，或超过 50,000 个图形。白板未改动。',
}
