import type { Role } from '../protocol/values'
import type { GivenRole } from './roomAccess'

/** Roles from the least to the most. A commenter reads until there are comments. */
const ASCENDING: readonly Role[] = ['viewer', 'commenter', 'editor', 'owner']

/** What somebody may do in a room. */
export interface Roles {
  readonly role: Role
  /** Roles that differ on single pages; an owner is one everywhere. */
  readonly pageRoles: Readonly<Record<string, GivenRole>>
}

export const READS_ONLY: Roles = { role: 'viewer', pageRoles: {} }

export function isHigher(role: Role, than: Role): boolean {
  return ASCENDING.indexOf(role) > ASCENDING.indexOf(than)
}

/** Whether a role lets somebody change pages. */
export function mayWrite(role: Role): boolean {
  return role === 'owner' || role === 'editor'
}

/** The role on a page. The page list is no page of its own: there the role in the room counts. */
export function roleOnPage({ role, pageRoles }: Roles, pageId: string): Role {
  return role === 'owner' ? role : (pageRoles[pageId] ?? role)
}

/** Whether somebody may change at least one page. */
export function mayWriteAnywhere({ role, pageRoles }: Roles): boolean {
  return mayWrite(role) || Object.values(pageRoles).some((each) => mayWrite(each))
}

export function sameRoles(a: Roles, b: Roles): boolean {
  const entries = Object.entries(a.pageRoles)
  return (
    a.role === b.role &&
    entries.length === Object.keys(b.pageRoles).length &&
    entries.every(([pageId, role]) => b.pageRoles[pageId] === role)
  )
}
