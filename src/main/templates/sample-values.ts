import type { WorkspaceSettings } from '../../shared/contract/workspace.ts'
import { STANDARD_FIELDS } from '../../shared/domain/merge-field.ts'
import type { MergeValues } from './render/rendering.ts'

/** Merge values that are the same for every recipient: the sender's, and the day of sending in the zone of the workspace. */
export function workspaceValues(settings: WorkspaceSettings, now: number): MergeValues {
  const today = dayIn(settings.timeZone, now)
  return {
    organisation: settings.organisation,
    postal_address: settings.postalAddress,
    currency: settings.currency,
    today,
    current_year: today.slice(0, 4),
  }
}

/** Merge values of a made-up contact, for a preview without one. */
export function madeUpValues(): MergeValues {
  const values = Object.fromEntries(STANDARD_FIELDS.map(field => [field.name, field.example]))
  return { ...values, lead_score: 42, tags: ['newsletter', 'vip'] }
}

function dayIn(timeZone: string, now: number): string {
  const parts = (zone: string): string =>
    new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)
  try {
    return parts(timeZone)
  } catch {
    return parts('UTC')
  }
}
