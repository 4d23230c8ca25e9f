import { z } from 'zod'
import { call } from './contract'

/** New versions of the app. Nothing is installed before the person says so. */

const versionSchema = z.string().min(1).max(100)

export const updateStepSchema = z.discriminatedUnion('name', [
  /** Nobody has looked yet. */
  z.object({ name: z.literal('idle') }),
  z.object({ name: z.literal('checking') }),
  /** There is no newer version, or it is not meant for this installation yet. */
  z.object({ name: z.literal('current') }),
  /** `done`: of 1. */
  z.object({ name: z.literal('downloading'), version: versionSchema, done: z.number().min(0).max(1) }),
  /** It is on the disk, and installed when the app restarts for it. */
  z.object({ name: z.literal('ready'), version: versionSchema }),
  z.object({ name: z.literal('failed') }),
])
export type UpdateStep = z.infer<typeof updateStepSchema>

/**
 * Who installs new versions. `self`: the app. `system`: whatever installed it, such as the system's package manager.
 * `nobody`: it was built without an address to look at.
 */
export const updateWaySchema = z.enum(['self', 'system', 'nobody'])
export type UpdateWay = z.infer<typeof updateWaySchema>

export const updateStateSchema = z.object({
  way: updateWaySchema,
  /** The version that runs. */
  version: versionSchema,
  /** Whether the app looks by itself. */
  automatic: z.boolean(),
  step: updateStepSchema,
})
export type UpdateState = z.infer<typeof updateStateSchema>

export const updatesCalls = {
  state: call(z.undefined(), updateStateSchema),
  /** Looks now. Answers when it is known whether there is a newer version, which is then downloaded. */
  check: call(z.undefined(), z.undefined()),
  setAutomatic: call(z.object({ on: z.boolean() }), z.undefined()),
  /** Restarts into the version that is ready, after asking where people are connected. */
  restart: call(z.undefined(), z.undefined()),
}
