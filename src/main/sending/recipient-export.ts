import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { CSV_BYTE_ORDER_MARK, type CsvValue, csvRow } from '../../shared/domain/csv-cell.ts'
import type { Files } from '../storage/files.ts'
import type { Reader } from '../storage/transaction.ts'
import { type RecipientRow, recipientStore } from './recipient-store.ts'
import { reasonTextOf } from './recipients.ts'

const PAGE = 1000
const HEADINGS = [
  'Name',
  'Address',
  'Status',
  'Reason',
  'Explanation',
  'Attempts',
  'Changed at',
  'Opened at',
  'Clicked at',
  'Contact',
  'Message',
]

/** How an export of recipients is to be written. */
export interface RecipientExport {
  readonly campaignId: string
  readonly safeForSpreadsheets: boolean
  readonly fileName: string
  readonly signal: AbortSignal | undefined
}

/** Writes every recipient with status and reason to a CSV file, a page at a time. Nothing is kept when it fails. */
export async function exportRecipients(
  reader: Reader,
  files: Files,
  request: RecipientExport,
): Promise<{ readonly token: string; readonly fileName: string; readonly bytes: number }> {
  const { campaignId, safeForSpreadsheets, signal } = request
  const file = await files.create(request.fileName)
  const out = createWriteStream(file.path, { mode: 0o600 })
  const done = finished(out)
  const write = async (text: string): Promise<void> => {
    if (!out.write(text)) await Promise.race([once(out, 'drain'), done])
  }
  try {
    await write(CSV_BYTE_ORDER_MARK + csvRow(HEADINGS, safeForSpreadsheets))
    for (let after = ''; ; ) {
      signal?.throwIfAborted()
      const page = await recipientStore.after(reader, { campaignId, state: 'all', search: '' }, after, PAGE)
      const last = page.at(-1)
      if (!last) break
      await write(page.map(row => csvRow(cells(row), safeForSpreadsheets)).join(''))
      after = last.messageId
    }
    out.end()
    await done
    return { token: file.token, fileName: file.name, bytes: (await stat(file.path)).size }
  } catch (error) {
    out.destroy()
    await done.catch(() => undefined)
    await files.remove(file.token)
    throw error
  }
}

function cells(row: RecipientRow): readonly CsvValue[] {
  return [
    row.name,
    row.address,
    row.state,
    row.reason,
    reasonTextOf(row),
    row.attempts,
    instant(row.updatedAt),
    instant(row.openedAt),
    instant(row.clickedAt),
    row.contactId,
    row.messageId,
  ]
}

function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
