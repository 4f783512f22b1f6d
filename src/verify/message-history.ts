/** A message with everything that is on record about it. */
export interface MessageHistory {
  readonly id: string
  readonly campaignId: string
  readonly contactId: string
  readonly state: string
  /** How many attempts the message counts. */
  readonly counted: number
  readonly attempts: readonly AttemptRow[]
  readonly lines: readonly LedgerLine[]
}

export interface AttemptRow {
  readonly n: number
  readonly startedAt: number
  readonly endedAt: number | null
  readonly outcome: string | null
}

/** A line of the ledger; `n` and `decision` from its text. */
export interface LedgerLine {
  readonly seq: number
  readonly kind: string
  readonly campaignId: string
  readonly contactId: string
  readonly n: number | null
  readonly decision: string
}

/** What can be wrong with one message. */
export const MESSAGE_CHECKS = {
  state: 'every message is in one known state, and its attempts say the same',
  numbered: 'attempts are numbered 1 to n and counted by their message',
  times: 'an attempt ends no earlier than it began, and is open only while its message is on the wire',
  twice: 'no message was accepted twice',
  after: 'nothing was attempted after an acceptance, a final refusal, or a doubt that nobody decided about',
  fate: 'the ledger holds the fate of every message, once',
  answers: 'the ledger and the attempts tell of the same answers',
  names: 'a line of the ledger names the campaign and the person of its message',
} as const
export type MessageCheck = keyof typeof MESSAGE_CHECKS

/** A rule that does not hold, and what was found instead. */
export interface Problem {
  readonly check: MessageCheck
  readonly why: string
}

const STATES = ['waiting', 'ready', 'claimed', 'attempting', 'accepted', 'rejected', 'unknown', 'skipped', 'cancelled']
const FATES = ['rejected', 'skipped', 'cancelled']
const ANSWERS = ['accepted', 'unknown']

/** Judges one message by all that is on record about it. */
export function problemsOf(message: MessageHistory): readonly Problem[] {
  const { attempts, lines, counted } = message
  const problems: Problem[] = []
  const wrong = (check: MessageCheck, why: string): void => {
    problems.push({ check, why })
  }
  if (attempts.length !== counted || attempts.some(({ n }, index) => n !== index + 1)) {
    wrong('numbered', `it counts ${counted} attempts; there are ${attempts.map(one => one.n).join(', ') || 'none'}`)
  }
  for (const { n, startedAt, endedAt, outcome } of attempts) {
    if ((endedAt === null) !== (outcome === null))
      wrong('times', `attempt ${n} has an end without an outcome, or one without the other`)
    if (endedAt !== null && endedAt < startedAt) wrong('times', `attempt ${n} ended before it began`)
  }
  const open = attempts.filter(one => one.outcome === null).length
  if (open !== (message.state === 'attempting' ? 1 : 0))
    wrong('times', `its state is ${message.state}, and ${open} attempts are open`)

  const accepted = attempts.filter(one => one.outcome === 'accepted').length
  const told = count(lines, 'accepted')
  if (accepted > 1 || told > 1) wrong('twice', `${Math.max(accepted, told)} times`)

  const state = stateProblem(message, accepted)
  if (state !== null) wrong('state', state)
  const after = orderProblem(message)
  if (after !== null) wrong('after', after)
  for (const kind of FATES) {
    const expected = message.state === kind ? 1 : 0
    // What a person let go again is told of once more.
    const told = count(lines, kind) - lines.filter(one => one.kind === 'reopened' && one.decision === kind).length
    if (told !== expected) wrong('fate', `its state is ${message.state}, and the ledger says ${kind} ${told} times`)
  }
  for (const kind of ANSWERS) {
    const inAttempts = attempts.filter(one => one.outcome === kind).map(one => one.n)
    const inLedger = lines.filter(one => one.kind === kind).map(one => one.n)
    if (inAttempts.length !== inLedger.length || inAttempts.some(n => !inLedger.includes(n))) {
      wrong(
        'answers',
        `${kind}: attempts ${inAttempts.join(', ') || 'none'}; in the ledger ${inLedger.join(', ') || 'none'}`,
      )
    }
  }
  const stray = lines.find(one => one.campaignId !== message.campaignId || one.contactId !== message.contactId)
  if (stray) wrong('names', `row ${stray.seq} of the ledger`)
  return problems
}

/** What the attempts and the decisions make of a message, and what its row says. */
function stateProblem({ state, attempts, lines }: MessageHistory, accepted: number): string | null {
  if (!STATES.includes(state)) return `its state is ${state}`
  const last = attempts.at(-1)?.outcome ?? ''
  const decision = lines.filter(one => one.kind === 'resolved' && one.n === attempts.length).at(-1)?.decision ?? ''
  const expected =
    accepted > 0 || (last === 'unknown' && decision === 'treat_as_sent')
      ? 'accepted'
      : last === 'unknown' && decision === ''
        ? 'unknown'
        : null
  const actual = state === 'accepted' || state === 'unknown' ? state : null
  if (actual === expected) return null
  return `its state is ${state}; accepted attempts ${accepted}, the last one ${last || 'none'}, decision ${decision || 'none'}`
}

function orderProblem({ attempts, lines }: MessageHistory): string | null {
  for (const { n, outcome } of attempts.slice(0, -1)) {
    const isReopened = lines.some(one => one.kind === 'reopened' && one.n === n && one.decision === 'rejected')
    if (outcome === 'accepted' || (outcome === 'rejected' && !isReopened))
      return `attempt ${n + 1} follows attempt ${n}, which was ${outcome}`
    const isDecided = lines.some(one => one.kind === 'resolved' && one.n === n && one.decision === 'send_again')
    if (outcome === 'unknown' && !isDecided) return `attempt ${n + 1} follows attempt ${n} in doubt`
  }
  return null
}

function count(lines: readonly LedgerLine[], kind: string): number {
  return lines.filter(one => one.kind === kind).length
}
