import type { Verdict } from './verdict.ts'

/** Watches the outcomes of one campaign or account and says when it must stop. */
export interface Breaker {
  /** Takes note of a verdict; a text is the reason to stop, for a person. */
  observe(verdict: Verdict): string | null
}

const FIRST_SENDS = 100
const MOST_HARD_BOUNCES = 0.05
const MOST_REFUSED_MESSAGES = 5
const MOST_REFUSED_SENDERS = 5

/**
 * Stops a campaign whose list is bad (more than 5 % hard bounces after the first 100 answers) or whose message nobody takes
 * (more than 5 refusals of the message in a row, standards.md 1.7). `answered` and `bounced` are what happened before.
 */
export function campaignBreaker(answered: number, bounced: number): Breaker {
  let answers = answered
  let bounces = bounced
  let refusedInARow = 0
  return {
    observe(verdict) {
      if (verdict.kind !== 'accepted' && verdict.kind !== 'rejected') return null
      answers += 1
      if (verdict.kind === 'rejected' && verdict.isPersonal) return null
      if (verdict.kind === 'rejected' && verdict.fault.class === 'permanent_address') bounces += 1
      refusedInARow = verdict.kind === 'rejected' && verdict.fault.class === 'permanent_message' ? refusedInARow + 1 : 0
      if (refusedInARow > MOST_REFUSED_MESSAGES) {
        refusedInARow = 0
        return `The message itself was refused more than ${MOST_REFUSED_MESSAGES} times in a row. Look at the errors, correct the message in a copy of this campaign, and cancel this one.`
      }
      if (answers > FIRST_SENDS && bounces / answers > MOST_HARD_BOUNCES) {
        const share = ((bounces / answers) * 100).toFixed(1)
        return `${share} % of the addresses do not exist (${bounces} of ${answers}). Going on would harm your reputation as a sender. Check where the list comes from; resume if you are sure.`
      }
      return null
    },
  }
}

/** Stops an account that mailbox providers refuse as a sender, five times in a row. */
export function accountBreaker(): Breaker {
  let refusedInARow = 0
  return {
    observe(verdict) {
      if (verdict.kind === 'accepted') refusedInARow = 0
      if (verdict.kind !== 'rejected' || verdict.isPersonal || verdict.fault.class !== 'policy_sender') return null
      refusedInARow += 1
      if (refusedInARow < MOST_REFUSED_SENDERS) return null
      refusedInARow = 0
      return `The sender was refused ${MOST_REFUSED_SENDERS} times in a row (${verdict.fault.code}). Check SPF, DKIM and the reputation of the sending domain, then resume the account.`
    },
  }
}
