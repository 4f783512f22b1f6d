import type { Reader } from '../storage/transaction.ts'
import { reasonLabel } from './reasons.ts'
import { type RecipientFilter, type RecipientRow, recipientStore } from './recipient-store.ts'

/** A page of recipients, and how many there are. */
export async function recipientsOf(reader: Reader, filter: RecipientFilter, offset: number, limit: number) {
  const [rows, total] = await Promise.all([
    recipientStore.page(reader, filter, offset, limit),
    recipientStore.count(reader, filter),
  ])
  return {
    total,
    rows: rows.map(row => ({ ...row, reasonText: reasonTextOf(row) })),
  }
}

/** What became of the newest messages to a contact. */
export async function messagesOfContact(reader: Reader, contactId: string, limit: number) {
  const rows = await recipientStore.ofContact(reader, contactId, limit)
  return { rows: rows.map(row => ({ ...row, reasonText: reasonTextOf(row) })) }
}

/** Why a recipient is where she is, with what the server said where it said something. */
export function reasonTextOf(row: Pick<RecipientRow, 'state' | 'reason' | 'code' | 'reply'>): string {
  const label = reasonLabel(row.state, row.reason)
  const isAnswered = row.state === 'rejected' || (row.state === 'ready' && row.reason !== '')
  const said = isAnswered ? [row.code, row.reply].filter(Boolean).join(' ') : ''
  return said === '' ? label : `${label}: ${said}`
}
