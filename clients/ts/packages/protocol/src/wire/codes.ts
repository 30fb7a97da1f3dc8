/** The stable codes of problems, rejections and refusals: a closed list [ER1]. */
export const CODES = [
  'invalid', 'unauthorized', 'bad_credentials', 'forbidden', 'replica_taken', 'not_found', 'no_such_user', 'email_taken', 'last_owner', 'gap',
  'replica_forked', 'resync', 'too_large', 'upgrade_needed', 'rate_limited', 'unavailable', 'internal', 'exists', 'unknown', 'dependent', 'stale_epoch',
] as const

/** A code of the protocol. */
export type Code = (typeof CODES)[number]

/** The version of the protocol that this package speaks. */
export const PROTOCOL_VERSION = 1

/** The subprotocol of the live connection [WS1]. */
export const SUBPROTOCOL = 'taskgrid.v1'

/** The close codes of a live connection [WS3]. */
export const CLOSE_CODES = { badFrame: 4400, signIn: 4401, accessRevoked: 4403, resync: 4410, tooLarge: 4413, upgradeNeeded: 4426, slowDown: 4429 } as const
