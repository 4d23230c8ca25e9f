import { app, BrowserWindow } from 'electron'
import { join } from 'node:path'

function openWindow() {
  const window = new BrowserWindow({ width: 1200, height: 800, show: false })
  window.once('ready-to-show', () => window.show())
  return window.loadFile(join(import.meta.dirname, 'index.html'))
}

if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
app.on('window-all-closed', () => app.quit())
// Awaited here, Electron would not become ready before this file is loaded.
void app.whenReady().then(openWindow)
