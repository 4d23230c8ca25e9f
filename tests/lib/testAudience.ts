import type { Arrival } from '../../src/server/core/roomServer'

/** Whom logins are meant for where there is no network. */
export const TEST_AUDIENCE = 'origin:http://room.test'

/** A connection of a client that has seen that. */
export const TEST_ARRIVAL: Arrival = { audiences: new Set([TEST_AUDIENCE]) }
