import type { CampaignSums } from './campaigns.ts'
import type { Findings } from './findings.ts'
import { type LedgerFile, number, numberOrNull, type Row, text } from './ledger-file.ts'
import { type AttemptRow, type LedgerLine, MESSAGE_CHECKS, problemsOf } from './message-history.ts'
import type { Setbacks } from './setbacks.ts'

export const ORPHANS = 'every attempt and every line of the ledger belongs to a message that exists'
export const OBJECTIONS = 'nothing was attempted to an address after it was suppressed'
export const BEFORE_START = 'nothing was attempted before its campaign began'

const PAGE = 2000
// An unsubscribe is about advertising; the other reasons are about everything.
const MARKETING_ONLY = 'unsubscribe'

/** Walks over all messages in order of id, with their attempts and lines beside them, a page at a time. */
export async function verifyMessages(
  file: LedgerFile,
  findings: Findings,
  campaigns: CampaignSums,
  setbacks: Setbacks,
): Promise<void> {
  let after = ''
  for (;;) {
    const messages = await file.rows(
      `select id, campaign_id, contact_id, state, attempts from messages where id > ? order by id limit ?`,
      [after, PAGE],
    )
    const last = messages.at(-1)
    // Behind the last message there is nothing that could belong to one.
    const upTo = last === undefined ? '\u{10ffff}' : text(last, 'id')
    const range = [after, upTo]
    const attempts = await file.rows(
      `select message_id, n, started_at, ended_at, outcome from attempts
       where message_id > ? and message_id <= ? order by message_id, n`,
      range,
    )
    const lines = await file.rows(
      `select message_id, seq, kind, campaign_id, contact_id, data ->> 'n' as n,
         iif(kind = 'reopened', data ->> 'from', data ->> 'decision') as decision from ledger
       where message_id > ? and message_id <= ? order by message_id, seq`,
      range,
    )
    judgePage(findings, { campaigns, setbacks }, messages, attempts, lines)
    if (last === undefined) return
    await verifyObjections(file, findings, campaigns, setbacks, range)
    after = upTo
  }
}

function judgePage(
  findings: Findings,
  { campaigns, setbacks }: { readonly campaigns: CampaignSums; readonly setbacks: Setbacks },
  messages: readonly Row[],
  attemptRows: readonly Row[],
  lineRows: readonly Row[],
): void {
  const attempts = byMessage(attemptRows, attemptOf)
  const lines = byMessage(lineRows, lineOf)
  findings.saw(ORPHANS, attemptRows.length + lineRows.length)
  for (const name of Object.values(MESSAGE_CHECKS)) findings.saw(name, messages.length)
  for (const row of messages) {
    const id = text(row, 'id')
    const message = {
      id,
      campaignId: text(row, 'campaign_id'),
      contactId: text(row, 'contact_id'),
      state: text(row, 'state'),
      counted: number(row, 'attempts'),
      attempts: attempts.get(id) ?? [],
      lines: lines.get(id) ?? [],
    }
    attempts.delete(id)
    lines.delete(id)
    for (const { check, why } of problemsOf(message)) findings.wrong(MESSAGE_CHECKS[check], id, why)
    campaigns.add(message.campaignId, message.state)
    const startedAt = campaigns.of(message.campaignId)?.startedAt ?? null
    const early = message.attempts.find(one => startedAt === null || one.startedAt < startedAt)
    if (early && !(startedAt !== null && setbacks.touches(early.startedAt, startedAt))) {
      findings.wrong(
        BEFORE_START,
        id,
        `attempt ${early.n} at ${early.startedAt}, campaign at ${startedAt ?? 'no time'}`,
      )
    }
    findings.saw(BEFORE_START, message.attempts.length)
  }
  for (const id of attempts.keys()) findings.wrong(ORPHANS, id, 'there are attempts, and no such message')
  for (const id of lines.keys()) findings.wrong(ORPHANS, id, 'there are lines in the ledger, and no such message')
}

async function verifyObjections(
  file: LedgerFile,
  findings: Findings,
  campaigns: CampaignSums,
  setbacks: Setbacks,
  range: readonly string[],
): Promise<void> {
  const rows = await file.rows(
    `select m.id, m.campaign_id, s.reason, s.created_at, a.n, a.started_at
     from messages m cross join suppressions s on s.channel = m.channel and s.address_key = lower(m.address)
     cross join attempts a on a.message_id = m.id and a.started_at > s.created_at
     where m.id > ? and m.id <= ? and m.attempts > 0 order by m.id, a.n`,
    range,
  )
  findings.saw(OBJECTIONS, rows.length)
  for (const row of rows) {
    const reason = text(row, 'reason')
    const isAbout = reason !== MARKETING_ONLY || campaigns.of(text(row, 'campaign_id'))?.category === 'marketing'
    const [since, at] = [number(row, 'created_at'), number(row, 'started_at')]
    if (!isAbout || setbacks.touches(since, since) || setbacks.touches(at, at)) continue
    findings.wrong(OBJECTIONS, text(row, 'id'), `${reason} at ${since}, attempt ${number(row, 'n')} at ${at}`)
  }
}

function byMessage<T>(rows: readonly Row[], read: (row: Row) => T): Map<string, T[]> {
  const found = new Map<string, T[]>()
  for (const row of rows) {
    const id = text(row, 'message_id')
    const known = found.get(id)
    if (known) known.push(read(row))
    else found.set(id, [read(row)])
  }
  return found
}

function attemptOf(row: Row): AttemptRow {
  const outcome = text(row, 'outcome')
  return {
    n: number(row, 'n'),
    startedAt: number(row, 'started_at'),
    endedAt: numberOrNull(row, 'ended_at'),
    outcome: outcome === '' ? null : outcome,
  }
}

function lineOf(row: Row): LedgerLine {
  return {
    seq: number(row, 'seq'),
    kind: text(row, 'kind'),
    campaignId: text(row, 'campaign_id'),
    contactId: text(row, 'contact_id'),
    n: numberOrNull(row, 'n'),
    decision: text(row, 'decision'),
  }
}
