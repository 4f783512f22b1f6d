import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import type { ContactExport } from '../../../shared/contract/contacts.ts'
import { CSV_BYTE_ORDER_MARK, csvRow } from '../../../shared/domain/csv-cell.ts'
import { assertNever } from '../../kernel/assert-never.ts'
import type { Reader } from '../../storage/transaction.ts'
import type { ExportColumn, ExportedContact } from './exported-contact.ts'
import { type Portrait, portraitsOf } from './portrait-store.ts'
import { vcardOf } from './vcard.ts'
import { createXlsxSheet, type SheetCell } from './xlsx-sheet.ts'

/** A file that contacts are written to, a page at a time. */
export interface ExportFile {
  write(contacts: readonly ExportedContact[]): Promise<void>
  /** Completes the file and returns its size in octets. */
  end(): Promise<number>
  /** Lets go of the file as it is. */
  abandon(): Promise<void>
}

/** How a file is to be written. */
export interface ExportShape extends Pick<ContactExport, 'format' | 'safeForSpreadsheets'> {
  readonly columns: readonly ExportColumn[]
}

/** Opens a file for an export; what it holds already is overwritten. */
export async function openExportFile(reader: Reader, path: string, shape: ExportShape): Promise<ExportFile> {
  const { format, columns, safeForSpreadsheets } = shape
  const headings = columns.map(column => column.heading)
  switch (format) {
    case 'csv': {
      const file = textFile(path)
      await file.put(CSV_BYTE_ORDER_MARK + csvRow(headings, safeForSpreadsheets))
      const lineOf = (contact: ExportedContact): string =>
        csvRow(
          columns.map(column => column.valueOf(contact)),
          safeForSpreadsheets,
        )
      return { ...file, write: contacts => file.put(contacts.map(lineOf).join('')) }
    }
    case 'xlsx': {
      const sheet = await createXlsxSheet(path, 'Contacts', headings)
      return {
        write: contacts => sheet.write(contacts.map(contact => columns.map(column => cellOf(column, contact)))),
        end: sheet.end,
        abandon: sheet.abandon,
      }
    }
    case 'vcard': {
      const file = textFile(path)
      return { ...file, write: contacts => file.put(contacts.map(vcardOf).join('')) }
    }
    case 'json':
      return jsonFile(reader, path)
    default:
      return assertNever(format)
  }
}

function cellOf(column: ExportColumn, contact: ExportedContact): SheetCell {
  const value = column.valueOf(contact)
  return column.isDay && typeof value === 'string' && value !== '' ? { day: value } : value
}

interface TextFile extends Pick<ExportFile, 'end' | 'abandon'> {
  put(text: string): Promise<void>
}

function textFile(path: string): TextFile {
  const out = createWriteStream(path, { mode: 0o600 })
  const over = finished(out)
  return {
    async put(text) {
      if (text !== '' && !out.write(text)) await Promise.race([once(out, 'drain'), over])
    },
    async end() {
      out.end()
      await over
      return (await stat(path)).size
    },
    async abandon() {
      out.destroy()
      await over.catch(() => undefined)
    },
  }
}

/** One array, an object a line, with all that is on record about each person. */
async function jsonFile(reader: Reader, path: string): Promise<ExportFile> {
  const file = textFile(path)
  await file.put('[')
  let isFirst = true
  return {
    async write(contacts) {
      const portraits = await portraitsOf(
        reader,
        contacts.map(contact => contact.no),
      )
      const lines = contacts.map(contact =>
        JSON.stringify(portraitJson(contact, portraits.get(contact.no)), timesAsText),
      )
      await file.put(`${isFirst ? '\n' : ',\n'}${lines.join(',\n')}`)
      isFirst = false
    },
    async end() {
      await file.put('\n]\n')
      return file.end()
    },
    abandon: () => file.abandon(),
  }
}

function portraitJson({ no: _no, ...contact }: ExportedContact, portrait: Portrait | undefined) {
  return { ...contact, ...portrait }
}

/** Times leave as ISO 8601 in UTC. */
function timesAsText(key: string, value: unknown): unknown {
  return typeof value === 'number' && (key === 'at' || key.endsWith('At')) ? new Date(value).toISOString() : value
}
