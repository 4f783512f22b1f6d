import { hash } from 'node:crypto'

/** A row of the ledger as it is sealed: the columns of the table, `data` as the text that is stored. */
export interface SealedRow {
  readonly seq: number
  readonly at: number
  readonly kind: string
  readonly campaignId: string | null
  readonly messageId: string | null
  readonly contactId: string | null
  readonly eventKey: string
  readonly data: string
}

/** The seal before the first one. */
export const FIRST_SEAL = ''

/**
 * The seal of rows that follow a seal, in lower-case hexadecimal: SHA-256 over the UTF-8 octets of the seal before and a line
 * feed, then of each row in order of seq its canonical form and a line feed. The canonical form is the JSON array
 * `[seq, at, kind, campaign_id, message_id, contact_id, event_key, data]` as ECMA-262 JSON.stringify writes it: no white
 * space, numbers in decimal, absent values `null`, and `data` as a string that holds the column's own text (decision 8).
 */
export function sealOf(previous: string, rows: readonly SealedRow[]): string {
  let text = `${previous}\n`
  for (const row of rows) text += `${canonical(row)}\n`
  return hash('sha256', text, 'hex')
}

function canonical(row: SealedRow): string {
  const { seq, at, kind, campaignId, messageId, contactId, eventKey, data } = row
  return JSON.stringify([seq, at, kind, campaignId, messageId, contactId, eventKey, data])
}
