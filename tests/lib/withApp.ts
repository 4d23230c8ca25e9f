import { mount, type VueWrapper } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { defineComponent, h, type Component, type VNode } from 'vue'
import type { RoomClient } from '../../src/client/api'
import { Navigation, navigationKey } from '../../src/renderer/app/navigation'
import { Notices, noticesKey } from '../../src/renderer/app/notices'
import { Preferences, preferencesKey } from '../../src/renderer/app/preferences'
import {
  servicesKey,
  type RoomToCreate,
  type RoomToOpen,
  type Services,
} from '../../src/renderer/app/services'
import { createTexts } from '../../src/renderer/i18n'
import type { RoomLink } from '../../src/shared/roomLink'
import { FakePlatform } from './fakePlatform'
import { FakeRoom, FakeRoomClient } from './fakeRoomClient'
import { ManualClock } from './manualClock'

/** An app without its screens: everything that composables ask for. */
export interface TestApp {
  readonly platform: FakePlatform
  readonly clock: ManualClock
  readonly navigation: Navigation
  readonly notices: Notices
  readonly preferences: Preferences
  readonly services: Services
  readonly opened: RoomToOpen[]
  readonly created: RoomToCreate[]
  /** What the next room to be opened is, and what creating one on a server answers. */
  client: RoomClient
  createAnswer: RoomLink | Error
}

/** Over all apps of a test, so that no two make the same id. */
let idsMade = 0

export function testApp(platform = new FakePlatform()): TestApp {
  const clock = new ManualClock()
  const app: TestApp = {
    platform,
    clock,
    navigation: new Navigation({ name: 'home' }, platform),
    notices: new Notices(),
    preferences: new Preferences(platform.settings, platform.storedSettings),
    opened: [],
    created: [],
    client: onlineClient(),
    createAnswer: { roomId: 'd'.repeat(32), origins: ['https://ink.example.org'] },
    services: {
      platform,
      clock,
      randomBytes: (length) => new Uint8Array(length).fill(++idsMade),
      openRoom: (room) => {
        app.opened.push(room)
        return app.client
      },
      createRoom: (room) => {
        app.created.push(room)
        return app.createAnswer instanceof Error
          ? Promise.reject(app.createAnswer)
          : Promise.resolve(app.createAnswer)
      },
    },
  }
  return app
}

/** Somebody in a room of their own, connected. */
export function onlineClient(room = new FakeRoom('Test room'), name = 'Anna'): FakeRoomClient {
  const client = new FakeRoomClient(room, {
    sessionId: name.toLowerCase().padEnd(26, 'x').slice(0, 26),
    profile: { name, colour: 3 },
  })
  client.setOnline(true)
  return client
}

function plugins(app: TestApp) {
  return {
    plugins: [createTexts(app.preferences.settings.value.locale)],
    provide: {
      [servicesKey as symbol]: app.services,
      [navigationKey as symbol]: app.navigation,
      [noticesKey as symbol]: app.notices,
      [preferencesKey as symbol]: app.preferences,
    },
  }
}

/** Runs a composable inside the app. `unmount` ends it. */
export function withSetup<T>(app: TestApp, setup: () => T): { result: T; unmount(): void } {
  const holder: { result?: T } = {}
  const wrapper = mount(
    defineComponent({
      setup() {
        holder.result = setup()
        return () => h('div')
      },
    }),
    { global: plugins(app) },
  )
  return { result: holder.result as T, unmount: () => wrapper.unmount() }
}

/** Mounts a screen into the document. */
export function mountScreen(
  app: TestApp,
  screen: Component,
  props: Record<string, unknown> = {},
): VueWrapper {
  // happy-dom knows no fonts, and waits for none.
  Object.defineProperty(document, 'fonts', {
    value: { ready: Promise.resolve(), status: 'loaded' },
    configurable: true,
  })
  const withTooltips = (): VNode => h(TooltipProvider, null, { default: () => h(screen, props) })
  return mount(withTooltips, { global: plugins(app), attachTo: document.body })
}
