import type { Verdict } from './verdict.ts'

/** Watches the outcomes of one campaign or account and says when it must stop. */
export interface Breaker {
  /** Takes note of a verdict; a text is the reason to stop, for a person. */
  observe(verdict: Verdict): string | null
}

/** The breaker of a campaign also says, once for each, what is not yet bad enough to stop. */
export interface CampaignBreaker extends Breaker {
  /** A warning that was not given before; null when there is none. */
  warning(): string | null
}

const FIRST_SENDS = 100
const MOST_HARD_BOUNCES = 0.05
const MANY_HARD_BOUNCES = 0.02
const MOST_REFUSED_MESSAGES = 5
const MOST_REFUSED_SENDERS = 5
const MOST_COMPLAINTS = 0.003
const MANY_COMPLAINTS = 0.001
const LOOK_BACK = 100
const LEAST_ANSWERS = 40
const MOST_ERRORS = 0.25

/**
 * Stops a campaign whose list is bad (more than 5 % hard bounces after the first 100 answers; it warns at 2 %), whose message
 * nobody takes (more than 5 refusals of the message in a row, standards.md 1.7), or whose template the provider has stopped.
 * `answered` and `bounced` are what happened before.
 */
export function campaignBreaker(answered: number, bounced: number): CampaignBreaker {
  let answers = answered
  let bounces = bounced
  let refusedInARow = 0
  let hasWarned = false
  let warning: string | null = null
  return {
    warning() {
      const text = warning
      warning = null
      return text
    },
    observe(verdict) {
      if (verdict.kind === 'held' && verdict.scope === 'campaign') {
        const said = [verdict.fault.code, verdict.fault.reply].filter(Boolean).join(' ')
        return `The provider has stopped the template of this campaign (${said}). Nothing is lost: have the template approved again with the provider, then resume.`
      }
      if (verdict.kind !== 'accepted' && verdict.kind !== 'rejected') return null
      answers += 1
      if (verdict.kind === 'rejected' && verdict.isPersonal) return null
      if (verdict.kind === 'rejected' && verdict.fault.class === 'permanent_address') bounces += 1
      refusedInARow = verdict.kind === 'rejected' && verdict.fault.class === 'permanent_message' ? refusedInARow + 1 : 0
      if (refusedInARow > MOST_REFUSED_MESSAGES) {
        refusedInARow = 0
        return `The message itself was refused more than ${MOST_REFUSED_MESSAGES} times in a row. Look at the errors, correct the message in a copy of this campaign, and cancel this one.`
      }
      const judgement = bounceJudgement(answers, bounces)
      if (judgement?.isStop) return judgement.reason
      if (judgement !== null && !hasWarned) {
        hasWarned = true
        warning = judgement.reason
      }
      return null
    },
  }
}

/** A campaign must stop, or its owner be warned, for a reason. */
export interface Judgement {
  readonly isStop: boolean
  readonly reason: string
}

/** What bad addresses call for: a stop above 5 % of what was answered, a warning above 2 %, after the first 100; null otherwise. */
export function bounceJudgement(answers: number, bounces: number): Judgement | null {
  if (answers <= FIRST_SENDS || bounces / answers <= MANY_HARD_BOUNCES) return null
  const share = ((bounces / answers) * 100).toFixed(1)
  const reason = `${share} % of the addresses do not exist (${bounces} of ${answers}).`
  return bounces / answers > MOST_HARD_BOUNCES
    ? {
        isStop: true,
        reason: `${reason} Going on would harm your reputation as a sender. Check where the list comes from; resume if you are sure.`,
      }
    : { isStop: false, reason: `${reason} At 5 % the campaign is paused.` }
}

/** What complaints call for: a stop from 0.3 % of what was accepted on, a warning from 0.1 %, after the first 100; null otherwise. */
export function complaintJudgement(accepted: number, complained: number): Judgement | null {
  if (accepted < FIRST_SENDS || complained / accepted < MANY_COMPLAINTS) return null
  const share = `${((complained / accepted) * 100).toFixed(2)} % of the recipients reported this campaign as spam (${complained} of ${accepted}).`
  return complained / accepted >= MOST_COMPLAINTS
    ? {
        isStop: true,
        reason: `${share} From 0.3 % on mailbox providers send you to the spam folder. Check whether these people asked for your messages; resume if you are sure.`,
      }
    : { isStop: false, reason: `${share} At 0.3 % the campaign is paused.` }
}

/**
 * Stops an account that mailbox providers refuse as a sender, five times in a row, or where more than a quarter of the last
 * hundred messages came to nothing for other reasons than the address or the message.
 */
export function accountBreaker(): Breaker {
  let refusedInARow = 0
  let recent: boolean[] = []
  return {
    observe(verdict) {
      if (verdict.kind !== 'accepted' && verdict.kind !== 'rejected' && verdict.kind !== 'unknown') return null
      recent = [...recent.slice(1 - LOOK_BACK), isError(verdict)]
      const errors = recent.filter(Boolean).length
      if (recent.length >= LEAST_ANSWERS && errors / recent.length > MOST_ERRORS) {
        const of = recent.length
        recent = []
        return `${errors} of the last ${of} messages were refused, or nobody knows what became of them. Nothing that waits is lost. Look at the last errors, then resume the account.`
      }
      if (verdict.kind === 'accepted') refusedInARow = 0
      if (verdict.kind !== 'rejected' || verdict.fault.class !== 'policy_sender') return null
      refusedInARow += 1
      if (refusedInARow < MOST_REFUSED_SENDERS) return null
      refusedInARow = 0
      return `The sender was refused ${MOST_REFUSED_SENDERS} times in a row (${verdict.fault.code}). Check SPF, DKIM and the reputation of the sending domain, then resume the account.`
    },
  }
}

function isError(verdict: Verdict): boolean {
  if (verdict.kind === 'unknown') return true
  // A bad address is the list's trouble, a refused message the campaign's: their breakers see to it.
  const { class: why } = verdict.kind === 'rejected' ? verdict.fault : { class: null }
  return why !== null && why !== 'permanent_address' && why !== 'permanent_message'
}
