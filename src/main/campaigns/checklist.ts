import type { Check, Estimate } from '../../shared/contract/campaigns.ts'
import type { TemplateProblem } from '../../shared/contract/templates.ts'
import type { SendingAccount } from '../integrations/index.ts'
import type { MissingValues } from './missing-values.ts'
import type { ScheduledTime } from './schedule.ts'
import type { CampaignSubject } from './subject.ts'

/** What is known of one channel. */
export interface ChannelFacts {
  readonly subject: CampaignSubject
  readonly problems: readonly TemplateProblem[]
  /** Fields that the message uses, by their documented names. */
  readonly fields: readonly string[]
  readonly missing: MissingValues
}

/** What the checklist is made from; all of it was looked up before. The facts of the first channel are its own. */
export interface ChecklistFacts extends ChannelFacts {
  readonly further: readonly ChannelFacts[]
  readonly estimate: Estimate
  readonly time: ScheduledTime
  readonly now: number
}

type State = Check['state']
type Step = Check['step']

const check = (step: Step, key: string, state: State, text: string): Check => ({ key, step, state, text })

/** What is still missing before a campaign can be sent, step by step of the wizard. Only errors block. */
export function checklist(facts: ChecklistFacts): readonly Check[] {
  return [
    facts.subject.name.trim() === ''
      ? check('basics', 'name', 'error', 'Give the campaign a name.')
      : check('basics', 'name', 'ok', 'The campaign has a name.'),
    ...(facts.subject.draft.channel === 'social' ? placeChecks(facts) : audienceChecks(facts)),
    ...modeChecks(facts),
    ...messageChecks(facts),
    ...personalisationChecks(facts),
    scheduleCheck(facts),
    ...senderChecks(facts),
    ...facts.further.flatMap(one => ofChannel(one, facts.estimate)),
  ]
}

/** Whether nothing blocks. */
export function isReady(checks: readonly Check[]): boolean {
  return checks.every(one => one.state !== 'error')
}

/** What a further channel lacks, named by its channel. */
function ofChannel(facts: ChannelFacts, estimate: Estimate): readonly Check[] {
  const { channel } = facts.subject.draft
  const reached = estimate.channels.find(one => one.channel === channel)?.reached ?? 0
  const checks = [
    ...messageChecks(facts),
    ...personalisationChecks(facts),
    ...senderChecks(facts),
    reached === 0
      ? check('audience', 'audience', 'warning', 'Nobody in the audience can be reached by it.')
      : check('audience', 'audience', 'ok', `${people(reached)} can be reached by it.`),
  ]
  return checks.map(one => ({ ...one, key: `${channel}.${one.key}`, text: `${CHANNEL_WORDS[channel]}: ${one.text}` }))
}

function modeChecks({ subject }: ChecklistFacts): readonly Check[] {
  const { mode, channel, further } = subject.draft
  if (mode === 'single') return []
  if (channel === 'social') {
    return [check('basics', 'mode', 'error', 'A post goes to places, not to people. Send it by this channel alone.')]
  }
  if (further.length === 0) {
    return [check('basics', 'mode', 'error', 'Add a second channel, or send by one channel alone.')]
  }
  const channels = [channel, ...further.map(one => one.channel)]
  const twice = channels.find((one, n) => channels.indexOf(one) !== n)
  if (twice) return [check('basics', 'mode', 'error', `${CHANNEL_WORDS[twice]} is named twice. Use each channel once.`)]
  return [check('basics', 'mode', 'ok', `It uses ${channels.map(one => CHANNEL_WORDS[one]).join(', then ')}.`)]
}

function placeChecks({ subject }: ChecklistFacts): readonly Check[] {
  const wished = new Set(subject.draft.destinationIds).size
  const found = subject.destinations.length
  if (wished === 0) return [check('audience', 'audience', 'error', 'Choose at least one place that the post goes to.')]
  if (found < wished) {
    return [check('audience', 'audience', 'error', 'A place that was chosen is gone. Choose the places again.')]
  }
  return [check('audience', 'audience', 'ok', found === 1 ? 'It goes to 1 place.' : `It goes to ${found} places.`)]
}

const CHANNEL_WORDS = {
  email: 'E-mail',
  sms: 'SMS',
  whatsapp: 'WhatsApp',
  voice: 'Voice',
  social: 'Post',
} as const

function audienceChecks({ subject, estimate }: ChecklistFacts): readonly Check[] {
  const { audience } = subject.draft
  const { listIds, tagIds, segmentIds, contactIds } = audience
  const named = listIds.length + tagIds.length + segmentIds.length + contactIds.length
  const isByRule = audience.rule !== null || audience.leads || audience.customers
  if (!audience.everyone && !isByRule && named === 0) {
    return [check('audience', 'audience', 'error', 'Choose who gets the campaign: a list, a segment, or everybody.')]
  }
  if (estimate.audience === 0) return [check('audience', 'audience', 'error', 'Nobody is in this audience.')]
  if (estimate.reached === 0) {
    return [check('audience', 'audience', 'error', `None of the ${number(estimate.audience)} in it can be reached.`)]
  }
  const out = estimate.audience - estimate.reached
  return [
    check('audience', 'audience', 'ok', `${people(estimate.reached)} will get it.`),
    ...(out > 0
      ? [check('audience', 'falls_out', 'warning', `${people(out)} of ${number(estimate.audience)} will not get it.`)]
      : []),
  ]
}

function messageChecks({ subject, problems, fields }: ChannelFacts): readonly Check[] {
  const { content, category } = subject.draft
  if (!content) return [check('message', 'message', 'error', 'Write the message, or choose a template.')]
  if (content.channel !== subject.draft.channel) {
    return [check('message', 'message', 'error', 'The message is for another channel. Choose another template.')]
  }
  const errors = problems.filter(problem => problem.severity === 'error')
  const warnings = problems.filter(problem => problem.severity === 'warning')
  const first = errors[0]
  const checks = [
    first
      ? check('message', 'message', 'error', withMore(placed(first), errors.length - 1))
      : check('message', 'message', 'ok', 'The message has no mistakes.'),
  ]
  const doubt = warnings[0]
  if (doubt) checks.push(check('message', 'doubts', 'warning', withMore(placed(doubt), warnings.length - 1)))
  if (content.channel === 'email' && category === 'marketing') checks.push(postalCheck(subject, content.html, fields))
  return checks
}

function postalCheck({ settings }: CampaignSubject, html: string, fields: readonly string[]): Check {
  const address = settings.postalAddress.trim()
  const written = address.split(/[\n,]/)[0]?.trim() ?? ''
  if (fields.includes('postal_address')) {
    return address === ''
      ? check('message', 'postal_address', 'error', 'Fill in your postal address in the settings: the law asks for it.')
      : check('message', 'postal_address', 'ok', 'Your postal address is in the message.')
  }
  return written !== '' && html.includes(written)
    ? check('message', 'postal_address', 'ok', 'Your postal address is in the message.')
    : check('message', 'postal_address', 'error', 'Add {{postal_address}} to the message: the law asks for it.')
}

function personalisationChecks({ missing }: ChannelFacts): readonly Check[] {
  const bare = missing.fields.filter(field => field.missing > 0 && field.fallback === '')
  if (bare.length === 0) return [check('personalisation', 'values', 'ok', 'Every recipient has the values it uses.')]
  return bare.map(({ field, missing: count }) =>
    check(
      'personalisation',
      `values.${field}`,
      'warning',
      `{{${field}}} is empty for ${number(count)} of ${number(missing.recipients)}. Give it a fallback.`,
    ),
  )
}

function scheduleCheck({ time, now }: ChecklistFacts): Check {
  if (time.kind === 'invalid') return check('schedule', 'schedule', 'error', time.why)
  if (time.kind === 'now') return check('schedule', 'schedule', 'ok', 'It goes out as soon as it is started.')
  if (time.at <= now) return check('schedule', 'schedule', 'error', 'That time has passed. Choose a later one.')
  return time.note === ''
    ? check('schedule', 'schedule', 'ok', 'The time is in the future.')
    : check('schedule', 'schedule', 'warning', time.note)
}

function senderChecks(facts: ChannelFacts): readonly Check[] {
  const { subject } = facts
  if (subject.draft.channel !== 'social') return [senderCheck(subject, subject.account)]
  return subject.destinations.map(account => senderCheck(subject, account))
}

function senderCheck({ draft }: CampaignSubject, account: SendingAccount | null): Check {
  if (!account) {
    return check('review', 'sender', 'error', 'The account that was chosen is gone. Choose another one.')
  }
  if (account.state === 'tripped') {
    return check('review', 'sender', 'error', `${account.name} has stopped itself: ${account.stateReason}`)
  }
  if (draft.channel === 'email' && account.fromAddress === '') {
    return check('review', 'sender', 'error', `${account.name} has no sender address. Fill it in.`)
  }
  if (account.state === 'paused') {
    return check('review', 'sender', 'warning', `${account.name} is paused: messages wait until it goes on.`)
  }
  return check('review', 'sender', 'ok', `It leaves by ${account.name}.`)
}

function placed(problem: TemplateProblem): string {
  return `${problem.message} (${PART_WORDS[problem.part]}, line ${problem.line})`
}

const PART_WORDS: Readonly<Record<TemplateProblem['part'], string>> = {
  subject: 'subject',
  preheader: 'preview text',
  html: 'HTML',
  text: 'text',
  header: 'header',
  button: 'button',
  link: 'link',
  media: 'media',
}

function withMore(text: string, more: number): string {
  return more > 0 ? `${text} And ${more} more.` : text
}

const number = (n: number): string => n.toLocaleString('en')
const people = (n: number): string => (n === 1 ? '1 person' : `${number(n)} people`)
