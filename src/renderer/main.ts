import { codeOf } from './app/codeOf'
import { createServices } from './app/createServices'
import { mountApp } from './app/mount'
import { isShownError } from './i18n/errorTexts'
import { enErrors } from './i18n/locales/enErrors'
import { zhCnErrors } from './i18n/locales/zhCnErrors'
import { createPlatform } from './platform'

const element = document.getElementById('app')
if (element === null) throw new Error('index.html has no element for the app')
try {
  await mountApp(createServices(await createPlatform()), element)
} catch (error) {
  // The chosen language is not known yet: both are shown.
  const code = codeOf(error)
  const shown = isShownError(code, enErrors) ? code : 'unknown'
  element.className = 'did-not-start'
  element.setAttribute('role', 'alert')
  element.textContent = `${enErrors[shown]}\n\n${zhCnErrors[shown]}`
  reportError(error)
}
