import type { WorkspaceSettings } from '../../shared/contract/workspace.ts'

/** What a new workspace begins with: placeholder prices that nobody looked up yet, the zone of this machine. */
export function defaultSettings(): WorkspaceSettings {
  return {
    organisation: '',
    postalAddress: '',
    country: 'US',
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    currency: 'USD',
    rates: { asOf: '', emailPerMessage: 1, smsPerSegment: 79, whatsappPerMessage: 250, voicePerCall: 140 },
    unsubscribeBaseUrl: '',
  }
}
