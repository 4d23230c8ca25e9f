import type { ToolName } from '../toolNames'
import { BoxTool } from './boxTool'
import { EraserTool } from './eraserTool'
import { LineTool } from './lineTool'
import { HandTool, LaserTool, NoteTool, TextTool } from './placeTools'
import { SelectTool } from './selectTool'
import { StrokeTool } from './strokeTool'
import type { Tool } from './tool'
import type { ToolHost } from './toolHost'

/** All tools of one editor. */
export function createTools(host: ToolHost): Readonly<Record<ToolName, Tool>> {
  return {
    select: new SelectTool(host),
    hand: new HandTool(),
    draw: new StrokeTool(host, 'draw'),
    highlight: new StrokeTool(host, 'highlight'),
    eraser: new EraserTool(host),
    rectangle: new BoxTool(host, 'rectangle'),
    diamond: new BoxTool(host, 'diamond'),
    ellipse: new BoxTool(host, 'ellipse'),
    arrow: new LineTool(host, 'arrow'),
    line: new LineTool(host, 'line'),
    text: new TextTool(host),
    note: new NoteTool(host),
    frame: new BoxTool(host, 'frame'),
    laser: new LaserTool(host),
  }
}
