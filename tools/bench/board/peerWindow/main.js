import { app, BrowserWindow } from 'electron'
import process from 'node:process'

const [address = '', width, height] = process.argv.slice(-3)

function openWindow() {
  const window = new BrowserWindow({
    width: Number(width),
    height: Number(height),
    useContentSize: true,
    // As Inkroom's are.
    webPreferences: { sandbox: true, contextIsolation: true, backgroundThrottling: false, spellcheck: false },
  })
  return window.loadURL(address)
}

if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
app.on('window-all-closed', () => app.quit())
// Awaited here, Electron would not become ready before this file is loaded.
void app.whenReady().then(openWindow)
