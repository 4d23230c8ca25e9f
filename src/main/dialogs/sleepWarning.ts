import { Notification } from 'electron'
import type { Guests } from '../quitting/guests'
import type { DialogTexts } from './texts'

/** Shows a notice of the system that people are cut off by a machine that goes to sleep. */
export function warnOfSleep({ message, detail }: DialogTexts['sleep'], guests: Guests): void {
  // Some desktops of Linux have no service for notices.
  if (Notification.isSupported()) new Notification({ title: message(guests), body: detail }).show()
}
