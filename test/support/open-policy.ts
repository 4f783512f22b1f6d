import { Policy } from '../../src/shared/contract/policy.ts'

/** A policy that keeps nobody back who did not refuse: no consent to ask for, no hours, no caps. For tests about other things. */
export function openPolicy(): Policy {
  const policy = Policy.parse({})
  const open = { consent: 'not_denied', quietHours: null, legalHours: false, caps: [] } as const
  const { email, sms, whatsapp, voice } = policy.channels
  return {
    ...policy,
    channels: {
      email: { ...email, ...open, caps: [] },
      sms: { ...sms, ...open, caps: [] },
      whatsapp: { ...whatsapp, ...open, caps: [] },
      voice: { ...voice, ...open, caps: [] },
    },
  }
}

/** What the settings hold under `compliance.policy` when a policy was saved. */
export function savedPolicy(policy: Policy): string {
  return JSON.stringify({ policy, savedBy: 'test', savedAt: 0, reason: 'a test' })
}
