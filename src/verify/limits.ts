import type { Findings } from './findings.ts'
import { type LedgerFile, number, type Row, text } from './ledger-file.ts'
import type { Setbacks } from './setbacks.ts'

export const LIMITS = 'no account ever began more attempts in a window than it allowed'

/** At most `limit` attempts begin within any `ms` milliseconds, among those with the same key. */
export interface Window {
  readonly key: string
  readonly limit: number
  readonly ms: number
}

/** The windows of an account from an instant on. */
export interface LimitsFrom {
  readonly since: number
  readonly windows: readonly Window[]
}

const PAGE = 5000
// A change reaches the account's loop a moment later: so long the more generous of the two holds.
const GRACE_MS = 5000

/** Walks over the attempts of each account in order of time and looks back over every window that was in force. */
export async function verifyLimits(file: LedgerFile, findings: Findings, setbacks: Setbacks): Promise<void> {
  findings.saw(LIMITS, 0)
  for (const sender of await file.rows('select id, limits, created_at from senders')) {
    const history = await historyOf(file, sender)
    if (history.every(one => one.windows.length === 0)) continue
    const judge = createWindowJudge(history)
    let after: readonly [number, string, number] = [-1, '', 0]
    for (;;) {
      const rows: readonly Row[] = await file.rows(
        `select a.message_id, a.n, a.started_at, m.family, lower(substr(m.address, instr(m.address, '@') + 1)) as domain
         from attempts a cross join messages m on m.id = a.message_id
         where a.sender_id = ? and a.started_at >= ? and (a.started_at, a.message_id, a.n) > (?, ?, ?)
           and not (a.outcome is 'throttled' and a.class is 'transport')
         order by a.started_at, a.message_id, a.n limit ?`,
        [text(sender, 'id'), after[0], ...after, PAGE],
      )
      findings.saw(LIMITS, rows.length)
      for (const row of rows) {
        const at = number(row, 'started_at')
        const wrong = judge(at, keysOf(row), ms => setbacks.touches(at - ms, at))
        if (wrong !== null) findings.wrong(LIMITS, text(row, 'message_id'), wrong)
      }
      const last = rows.at(-1)
      if (last === undefined) break
      after = [number(last, 'started_at'), text(last, 'message_id'), number(last, 'n')]
    }
  }
}

function keysOf(row: Row): readonly string[] {
  const family = text(row, 'family')
  if (family === '') return ['']
  return ['', family === 'other' ? `other ${text(row, 'domain')}` : family]
}

/** Judges attempts that come in order of time; says what is wrong with one. */
export function createWindowJudge(
  history: readonly LimitsFrom[],
): (at: number, keys: readonly string[], isExempt: (ms: number) => boolean) => string | null {
  const longest = Math.max(0, ...history.flatMap(one => one.windows.map(window => window.ms)))
  const begun = new Map<string, number[]>()
  return (at, keys, isExempt) => {
    for (const key of keys) {
      const times = begun.get(key) ?? []
      times.push(at)
      begun.set(key, times)
      // Forgotten in large steps, so that a long list is not copied for each attempt.
      const old = firstAfter(times, at - longest)
      if (old > 1000 && old > times.length / 2) times.splice(0, old)
      for (const { limit, ms } of allowedAt(history, at, key)) {
        const inside = times.length - firstAfter(times, at - ms)
        if (inside > limit && !isExempt(ms))
          return `${inside} attempts${key === '' ? '' : ` to ${key}`} in ${ms} ms, allowed are ${limit}`
      }
    }
    return null
  }
}

/** The windows that held at an instant; of two that changed a moment ago the more generous, and none where one was lifted. */
function allowedAt(history: readonly LimitsFrom[], at: number, key: string): readonly Window[] {
  const inForce = history.filter(
    (one, n) => one.since <= at && (history[n + 1]?.since ?? Number.POSITIVE_INFINITY) > at - GRACE_MS,
  )
  const [first, ...others] = inForce.map(one => one.windows.filter(window => isFor(window, key)))
  return (first ?? []).flatMap(window => {
    const same = others.map(windows => windows.find(one => one.ms === window.ms))
    if (same.some(one => one === undefined)) return []
    return [{ ...window, limit: Math.max(window.limit, ...same.map(one => one?.limit ?? 0)) }]
  })
}

function isFor(window: Window, key: string): boolean {
  return window.key === key || (window.key === 'other' && key.startsWith('other '))
}

/** How many instants lie at or before one. */
function firstAfter(times: readonly number[], instant: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((times[middle] ?? 0) > instant) high = middle
    else low = middle + 1
  }
  return low
}

/** What an account allowed, and since when: from the audit trail, else what it allows now. */
async function historyOf(file: LedgerFile, sender: Row): Promise<readonly LimitsFrom[]> {
  const changes = await file.rows(
    `select at, data -> 'limits' as limits from audit
     where entity = 'sender' and entity_id = ? and data -> 'limits' is not null order by seq`,
    [text(sender, 'id')],
  )
  if (changes.length === 0) return [{ since: 0, windows: windowsOf(text(sender, 'limits')) }]
  return changes.map(row => ({ since: number(row, 'at'), windows: windowsOf(text(row, 'limits')) }))
}

/** The windows that a JSON text of limits means; every one of them rolls. */
export function windowsOf(limits: string): readonly Window[] {
  const parsed: unknown = JSON.parse(limits)
  const families = field(parsed, 'families')
  return [
    ...windowsFor('', parsed),
    ...(Array.isArray(families) ? families.flatMap(one => windowsFor(String(field(one, 'family')), one)) : []),
  ]
}

function windowsFor(key: string, limits: unknown): readonly Window[] {
  const windows: Window[] = []
  const perSecond = field(limits, 'perSecond')
  if (typeof perSecond === 'number') {
    // Less than one a second is one in a longer window.
    const limit = Math.max(1, Math.floor(perSecond))
    windows.push({ key, limit, ms: Math.ceil((limit / perSecond) * 1000) })
  }
  for (const [name, ms] of [
    ['perMinute', 60_000],
    ['perHour', 3_600_000],
    ['perDay', 86_400_000],
  ] as const) {
    const limit = field(limits, name)
    if (typeof limit === 'number') windows.push({ key, limit, ms })
  }
  return windows
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined
}
