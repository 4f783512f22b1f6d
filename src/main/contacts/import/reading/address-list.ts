import { createReadStream } from 'node:fs'
import iconv from 'iconv-lite'
import { looksLikeEmail } from '../mapping/cell-looks.ts'
import type { RecordPiece, TableRow } from './table-row.ts'

/** The columns of a list of addresses. */
export const ADDRESS_COLUMNS = ['Name', 'Email']

const PIECE_BYTES = 131_072
const MOST_ENTRY_LENGTH = 10_000

/**
 * Reads a bare list such as `Anna <anna@x.org>, bob@y.org; "Lee, Cid" <cid@z.org>` as a table of names and addresses. The
 * first record holds the names of the columns; the line of a row is its place in the list.
 */
export async function* readAddressList(path: string, encoding: string): AsyncGenerator<RecordPiece> {
  const decoder = iconv.getDecoder(encoding)
  const list = createAddressList()
  let bytesRead = 0
  yield { rows: [{ line: 0, cells: ADDRESS_COLUMNS, fault: null }], bytesRead }
  for await (const chunk of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
    if (!Buffer.isBuffer(chunk)) continue
    bytesRead += chunk.length
    yield { rows: list.push(decoder.write(chunk)), bytesRead }
  }
  yield { rows: [...list.push(decoder.end() ?? ''), ...list.end()], bytesRead }
}

/** Takes a list of addresses in pieces and gives the entries that became complete, as rows of name and address. */
export function createAddressList(): { push(text: string): TableRow[]; end(): TableRow[] } {
  let entry = ''
  let isQuoted = false
  // Words before a comma: the family name of "Lee, Anna <anna@x.org>", unless the address comes without brackets.
  let waiting = ''
  let place = 0

  function row(name: string, address: string): TableRow {
    place += 1
    const fault = entry.length > MOST_ENTRY_LENGTH ? ('too_long' as const) : null
    return { line: place, cells: [unquoted(name), unquoted(address)], fault }
  }

  function finish(isComma: boolean, rows: TableRow[]): void {
    const text = entry.trim()
    const before = waiting
    waiting = ''
    if (text !== '') {
      const angled = /^([^<]*)<([^<>]*)>?\s*$/.exec(text)
      if (angled) {
        const name = angled[1] ?? ''
        rows.push(row(before === '' ? name : `${before}, ${name}`, angled[2] ?? ''))
      } else {
        if (before !== '') rows.push(row(before, ''))
        if (text.includes('@')) for (const [name, address] of bareAddresses(text)) rows.push(row(name, address))
        else if (isComma) waiting = text
        else rows.push(row(text, ''))
      }
    } else if (before !== '') rows.push(row(before, ''))
    entry = ''
    isQuoted = false
  }

  return {
    push(text) {
      const rows: TableRow[] = []
      for (const letter of text) {
        const endsLine = letter === '\n' || letter === '\r'
        if (endsLine || letter === ';' || letter === '\t' || letter === ',') {
          // A quote that stays open ends with its line.
          if (endsLine || !isQuoted) {
            finish(letter === ',', rows)
            continue
          }
        } else if (letter === '"') isQuoted = !isQuoted
        if (entry.length <= MOST_ENTRY_LENGTH) entry += letter
      }
      return rows
    },
    end() {
      const rows: TableRow[] = []
      finish(false, rows)
      return rows
    },
  }
}

// "Team: anna@x.org", "anna@x.org bob@y.org" and "Anna anna@x.org".
function bareAddresses(text: string): readonly (readonly [name: string, address: string])[] {
  const words = text.replace(/^(?!mailto:)[^@:"]+:\s+/i, '').split(/\s+/)
  const found: (readonly [string, string])[] = []
  let name: string[] = []
  for (const word of words) {
    if (word.includes('@')) {
      found.push([name.join(' '), word])
      name = []
    } else name.push(word)
  }
  const last = found.at(-1)
  if (name.length > 0 && last) found[found.length - 1] = [[last[0], ...name].join(' ').trim(), last[1]]
  return found
}

function unquoted(name: string): string {
  return name
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .replace(/^'(.*)'$/, '$1')
    .replaceAll('\\"', '"')
    .trim()
}

const CHARACTERS_JUDGED = 20_000
const LEAST_SHARE = 0.9

/** Whether a text is a bare list of addresses: nearly every entry is one, with its name or without. */
export function looksLikeAddressList(text: string): boolean {
  const list = createAddressList()
  const rows = list.push(text.slice(0, CHARACTERS_JUDGED))
  if (text.length <= CHARACTERS_JUDGED) rows.push(...list.end())
  const isEntry = ({ cells }: TableRow): boolean => looksLikeEmail(cells[1] ?? '')
  // The first one tells a list from a table with one column, whose name would be the first.
  return rows[0] !== undefined && isEntry(rows[0]) && rows.filter(isEntry).length >= rows.length * LEAST_SHARE
}
