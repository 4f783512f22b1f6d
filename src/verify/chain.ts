import { createHash } from 'node:crypto'
import type { Findings } from './findings.ts'
import { type LedgerFile, number, type Row, text } from './ledger-file.ts'
import type { Setbacks } from './setbacks.ts'

export const CHAIN = 'every row of the ledger is sealed, and no seal is broken'

const PAGE = 5000
// Written by ourselves in the order of our own clock; what people do is told to us later, with times of others.
const OWN_KINDS = ['planned', 'skipped', 'accepted', 'rejected', 'deferred', 'unknown', 'cancelled', 'resolved']

/** The newest seal: note it down somewhere else, and nobody can shorten the ledger unseen either. */
export interface ChainHead {
  readonly lastSeq: number
  readonly hash: string
}

/**
 * Recomputes every seal (docs/decisions/008): SHA-256 over the seal before, a line feed, and of each row since then the JSON
 * array of its columns and a line feed. Rows of sample campaigns are outside of the chain. `expected` is a seal that must be there.
 */
export async function verifyChain(
  file: LedgerFile,
  findings: Findings,
  setbacks: Setbacks,
  expected: ChainHead | null,
): Promise<ChainHead> {
  const samples = new Set((await file.rows('select id from campaigns where is_sample = 1')).map(row => text(row, 'id')))
  const seals = sealsOf(file)
  let seal = await seals.next()
  let previous = ''
  let hash = createHash('sha256').update('\n')
  let head: ChainHead = { lastSeq: 0, hash: '' }
  let rows = 0
  let first = 0
  let isExpectedThere = expected === null

  for await (const row of ledgerOf(file)) {
    findings.saw(CHAIN, 1)
    const seq = number(row, 'seq')
    if (samples.has(text(row, 'campaign_id'))) continue
    if (OWN_KINDS.includes(text(row, 'kind'))) setbacks.observe(number(row, 'at'))
    if (seal === undefined) {
      findings.wrong(CHAIN, `row ${seq}`, 'it is not sealed')
      break
    }
    if (seq > seal.lastSeq) {
      findings.wrong(CHAIN, `seal ${seal.lastSeq}`, `its last row is gone; the next one is ${seq}`)
      break
    }
    if (rows === 0) first = seq
    rows += 1
    hash.update(`${JSON.stringify(Object.values(row))}\n`)
    if (seq < seal.lastSeq) continue
    const found = hash.digest('hex')
    const wrong = sealProblem(seal, { first, rows, hash: found })
    if (wrong !== null) {
      findings.wrong(CHAIN, `seal ${seal.lastSeq}`, wrong)
      break
    }
    previous = found
    head = { lastSeq: seq, hash: found }
    if (expected?.lastSeq === seq && expected.hash === found) isExpectedThere = true
    hash = createHash('sha256').update(`${previous}\n`)
    rows = 0
    seal = await seals.next()
  }
  if (seal !== undefined) findings.wrong(CHAIN, `seal ${seal.lastSeq}`, 'the rows that it seals are gone')
  if (!isExpectedThere)
    findings.wrong(CHAIN, `seal ${expected?.lastSeq ?? 0}`, 'the seal that was noted down is not there')
  return head
}

interface Seal {
  readonly lastSeq: number
  readonly firstSeq: number
  readonly rows: number
  readonly hash: string
}

function sealProblem(
  seal: Seal,
  found: { readonly first: number; readonly rows: number; readonly hash: string },
): string | null {
  if (found.rows !== seal.rows) return `it was made of ${seal.rows} rows, and there are ${found.rows}`
  if (found.first !== seal.firstSeq) return `it began with row ${seal.firstSeq}, and the first is ${found.first}`
  return found.hash === seal.hash ? null : `a row from ${found.first} to ${seal.lastSeq} is not what was sealed`
}

async function* ledgerOf(file: LedgerFile): AsyncGenerator<Row> {
  let after = Number.MIN_SAFE_INTEGER
  for (;;) {
    const rows = await file.rows(
      `select seq, at, kind, campaign_id, message_id, contact_id, event_key, data from ledger
       where seq > ? order by seq limit ?`,
      [after, PAGE],
    )
    yield* rows
    const last = rows.at(-1)
    if (last === undefined) return
    after = number(last, 'seq')
  }
}

/** The seals in order; undefined when there is none left. */
function sealsOf(file: LedgerFile): { next(): Promise<Seal | undefined> } {
  let held: Seal[] = []
  let after = 0
  return {
    async next() {
      if (held.length === 0) {
        const rows = await file.rows(
          'select last_seq, first_seq, rows, hash from ledger_seals where last_seq > ? order by last_seq limit ?',
          [after, PAGE],
        )
        held = rows.map(row => ({
          lastSeq: number(row, 'last_seq'),
          firstSeq: number(row, 'first_seq'),
          rows: number(row, 'rows'),
          hash: text(row, 'hash'),
        }))
        held.reverse()
      }
      const seal = held.pop()
      after = seal?.lastSeq ?? after
      return seal
    },
  }
}
