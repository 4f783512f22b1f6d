import type { WorkspaceSettings } from '../../shared/contract/workspace.ts'

/** What a new workspace begins with: prices of a common provider in the United States, the zone of this machine. */
export function defaultSettings(): WorkspaceSettings {
  return {
    organisation: '',
    postalAddress: '',
    country: 'US',
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    currency: 'USD',
    rates: { asOf: '2026-11-20', emailPerMessage: 1, smsPerSegment: 79 },
  }
}
