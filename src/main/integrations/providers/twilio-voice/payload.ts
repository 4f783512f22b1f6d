import type { SettingsOf } from '../kind.ts'

// Long enough for a mailbox to answer, short enough not to be a nuisance.
const RING_SECONDS = 30

/** The form fields of a call (standards.md 4); the words go along, so nothing has to be hosted. */
export function callForm(
  settings: SettingsOf<'twilio_voice'>,
  call: { readonly to: string; readonly twiml: string },
): readonly (readonly [string, string])[] {
  return [
    ['To', call.to],
    ['From', settings.fromAddress],
    ['Twiml', call.twiml],
    ['Timeout', String(RING_SECONDS)],
    // Waits for the end of a greeting, so that a mailbox gets the whole message.
    ...(settings.machineDetection ? [['MachineDetection', 'DetectMessageEnd'] as const] : []),
  ]
}
