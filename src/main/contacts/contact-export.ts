import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import type { ContactFilter } from '../../shared/contract/contacts.ts'
import { CSV_BYTE_ORDER_MARK, type CsvValue, csvRow } from '../../shared/domain/csv-cell.ts'
import type { Files } from '../storage/files.ts'
import type { Reader } from '../storage/transaction.ts'
import type { StoredContact } from './contact-row.ts'
import { contactStore } from './contact-store.ts'
import { contactTableStore } from './contact-table-store.ts'
import type { CustomField } from './custom-value.ts'
import { tagStore } from './tag-store.ts'

const PAGE = 1000

/** How a contact export is to be written. */
export interface ExportRequest {
  readonly filter: ContactFilter
  readonly safeForSpreadsheets: boolean
  readonly fileName: string
  readonly signal: AbortSignal | undefined
}

/**
 * Writes the contacts that a filter finds to a CSV file (UTF-8 with byte order mark, CRLF), a page at a time, so that
 * memory stays flat. The columns are those that an import reads again. Nothing is kept when it fails or is given up.
 */
export async function exportContacts(
  reader: Reader,
  files: Files,
  request: ExportRequest,
): Promise<{ readonly token: string; readonly fileName: string; readonly bytes: number; readonly rows: number }> {
  const file = await files.create(request.fileName)
  const out = createWriteStream(file.path, { mode: 0o600 })
  const done = finished(out)
  try {
    const custom = await contactStore.customFields(reader)
    const write = async (text: string): Promise<void> => {
      if (!out.write(text)) await Promise.race([once(out, 'drain'), done])
    }
    await write(CSV_BYTE_ORDER_MARK + csvRow(headings(custom), request.safeForSpreadsheets))
    let rows = 0
    for (let after = ''; ; ) {
      request.signal?.throwIfAborted()
      const page = await contactTableStore.after(reader, request.filter, after, PAGE)
      const last = page.at(-1)
      if (!last) break
      const tags = await tagStore.namesOf(
        reader,
        page.map(contact => contact.id),
      )
      const lines = page.map(contact => cells(contact, tags.get(contact.id) ?? [], custom))
      await write(lines.map(line => csvRow(line, request.safeForSpreadsheets)).join(''))
      rows += page.length
      after = last.id
    }
    out.end()
    await done
    return { token: file.token, fileName: file.name, bytes: (await stat(file.path)).size, rows }
  } catch (error) {
    out.destroy()
    await done.catch(() => undefined)
    await files.remove(file.token)
    throw error
  }
}

function headings(custom: readonly CustomField[]): readonly string[] {
  return [
    'First name',
    'Last name',
    'Company',
    'Email',
    'Phone',
    'Street',
    'City',
    'Region',
    'Postal code',
    'Country',
    'Latitude',
    'Longitude',
    'Time zone',
    'Language',
    'Birthday',
    'Lead status',
    'Lead quality',
    'Tags',
    ...custom.map(field => field.label),
    'Source',
    'Created at',
    'Updated at',
  ]
}

function cells(contact: StoredContact, tags: readonly string[], custom: readonly CustomField[]): readonly CsvValue[] {
  return [
    contact.firstName,
    contact.lastName,
    contact.company,
    contact.email,
    contact.phone,
    contact.street,
    contact.city,
    contact.region,
    contact.postalCode,
    contact.country,
    contact.latitude,
    contact.longitude,
    contact.timeZone,
    contact.language,
    contact.birthday,
    contact.leadStatus,
    contact.leadQuality,
    tags.join(', '),
    ...custom.map(field => customCell(contact.custom[field.key])),
    contact.source,
    new Date(contact.createdAt).toISOString(),
    new Date(contact.updatedAt).toISOString(),
  ]
}

function customCell(value: StoredContact['custom'][string] | undefined): CsvValue {
  if (value === undefined) return null
  return typeof value === 'boolean' ? String(value) : value
}
