import { createApp, type App as VueApp } from 'vue'
import App from '../App.vue'
import { createTexts, type Texts } from '../i18n'
import { Navigation, navigationKey } from './navigation'
import { Notices, noticesKey } from './notices'
import { nameProblem, Preferences, preferencesKey } from './preferences'
import { servicesKey, type Services } from './services'
import '../styles/index.css'

/** Starts the app in an element. */
export async function mountApp(services: Services, element: Element): Promise<VueApp> {
  const settings = await services.platform.settings.load()
  const isNew = nameProblem(settings.name) !== undefined
  const app = createApp(App)
  const texts = createTexts(settings.locale)
  app.use(texts)
  app.provide(servicesKey, services)
  app.provide(preferencesKey, new Preferences(services.platform.settings, settings))
  const navigation = new Navigation({ name: isNew ? 'firstRun' : 'home' }, services.platform)
  app.provide(navigationKey, navigation)
  const notices = new Notices()
  app.provide(noticesKey, notices)
  showUnexpectedErrors(app, notices, texts)
  app.mount(element)
  afterFirstFrame(services)
  return app
}

/** Makes ready what the first frame does without. */
function afterFirstFrame({ platform }: Services): void {
  const load = (): void => {
    // Without these fonts the system's are shown.
    import('../styles/chineseFonts.css').catch(() => undefined)
    platform.previews.prepare()
  }
  requestAnimationFrame(() => setTimeout(load))
}

/** Mistakes in the program are said as well: silence would look as if all were fine. */
function showUnexpectedErrors(app: VueApp, notices: Notices, texts: Texts): void {
  const show = (): void => {
    const text = texts.global.t('errors.unknown')
    if (!notices.toasts.value.some((toast) => toast.text === text)) notices.show(text, { tone: 'error' })
  }
  app.config.errorHandler = (error) => reportError(error)
  window.addEventListener('error', (event) => {
    // Without an error it is a browser's remark, such as on the rhythm of a ResizeObserver.
    if (event.error !== null && event.error !== undefined) show()
  })
  window.addEventListener('unhandledrejection', show)
}
