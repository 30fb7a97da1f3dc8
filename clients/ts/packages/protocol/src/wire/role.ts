/** What a member may do; each role may all that those before it may. */
export const ROLES = ['viewer', 'member', 'admin', 'owner'] as const

/** A member's role. */
export type Role = (typeof ROLES)[number]

/** True for a role's word. */
export function isRole(value: unknown): value is Role {
  return (ROLES as readonly unknown[]).includes(value)
}

/** True if the role may all that the other may. */
export function isAtLeast(role: Role, other: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(other)
}
