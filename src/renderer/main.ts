import { mountApp } from './app/mount'
import { createServices } from './app/createServices'
import { createPlatform } from './platform'

const element = document.getElementById('app')
if (element === null) throw new Error('index.html has no element for the app')
await mountApp(createServices(await createPlatform()), element)
