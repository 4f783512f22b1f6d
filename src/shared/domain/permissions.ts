import { z } from 'zod'

/** What a member may be allowed to do. Enforced by the router in the main process, never by a screen. */
export const Permission = z.enum([
  'contacts.edit',
  'contacts.import',
  'contacts.export',
  'templates.edit',
  'campaigns.edit',
  'campaigns.send',
  'campaigns.approve',
  'compliance.manage',
  'senders.manage',
  'team.manage',
  'workspace.manage',
])
export type Permission = z.infer<typeof Permission>

export const Role = z.enum(['owner', 'campaign_manager', 'creator', 'approver', 'compliance_officer', 'analyst'])
export type Role = z.infer<typeof Role>

const ALLOWED: Readonly<Record<Role, readonly Permission[]>> = {
  owner: Permission.options,
  campaign_manager: [
    'contacts.edit',
    'contacts.import',
    'contacts.export',
    'templates.edit',
    'campaigns.edit',
    'campaigns.send',
    'senders.manage',
  ],
  creator: ['contacts.edit', 'contacts.import', 'templates.edit', 'campaigns.edit'],
  approver: ['campaigns.approve'],
  compliance_officer: ['campaigns.approve', 'compliance.manage', 'contacts.export'],
  analyst: [],
}

/** Whether a role includes a permission. */
export function roleAllows(role: Role, permission: Permission): boolean {
  return ALLOWED[role].includes(permission)
}

/** The roles that include a permission, to say who could help. */
export function rolesWith(permission: Permission): readonly Role[] {
  return Role.options.filter(role => roleAllows(role, permission))
}
