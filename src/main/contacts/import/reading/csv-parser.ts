import type { RowFault, TableRow } from './table-row.ts'

export interface CsvParserOptions {
  readonly delimiter: string
  /** What encloses fields: one character, or nothing. */
  readonly quote: string
  /** Characters that one field may have. */
  readonly mostFieldLength: number
}

/** Takes a text in pieces and gives the records that became complete. */
export interface CsvParser {
  push(text: string): TableRow[]
  /** The rest, when nothing more comes. */
  end(): TableRow[]
}

/** A field may be a megabyte long (standards.md 10.1); beyond that it is a quote that was never closed. */
export const MOST_FIELD_LENGTH = 1_048_576

const NO_QUOTE = -1
const LINE_FEED = 10
const RETURN = 13

// What an attempt to read one record at `pos` ended with. The fields live in the parser: an object a record costs time.
const COMPLETE = 0
const INCOMPLETE = 1
const UNTERMINATED = 2
const TOO_LONG = 3
type Ending = typeof COMPLETE | typeof INCOMPLETE | typeof UNTERMINATED | typeof TOO_LONG

/**
 * A CSV parser after RFC 4180 that forgives what real files do: CRLF, LF and CR mixed, stray quotes, ragged rows, NUL
 * characters. A quote that never closes costs the one line on which it opened: the next record begins on the line after.
 * Works in memory bounded by the longest field.
 */
export function createCsvParser({ delimiter, quote: mark, mostFieldLength }: CsvParserOptions): CsvParser {
  const separator = delimiter.charCodeAt(0)
  const quoteCode = mark === '' ? NO_QUOTE : mark.charCodeAt(0)
  let buffer = ''
  let line = 1
  let skippingLine = false
  // The record under way: where it would go on, and how many line ends it has passed.
  let cells: string[] = []
  let next = 0
  let linesPassed = 0
  // Where the unreadable field begins: the line after it is where reading goes on.
  let faultAt = 0

  function readAll(final: boolean): TableRow[] {
    const rows: TableRow[] = []
    let pos = 0
    if (skippingLine) {
      const after = afterLine(0, final)
      if (after === -1) {
        buffer = buffer.endsWith('\r') ? '\r' : ''
        return rows
      }
      skippingLine = false
      line += 1
      pos = after
    }
    while (pos < buffer.length) {
      const ending = readRecord(pos, final)
      if (ending === INCOMPLETE) break
      if (ending === COMPLETE) {
        rows.push({ line, cells, fault: null })
        line += linesPassed
        pos = next
        continue
      }
      const after = afterLine(faultAt, final)
      const stop = after === -1 ? buffer.length : after
      const fault: RowFault = ending === UNTERMINATED ? 'unterminated_quote' : 'too_long'
      line += linesPassed
      rows.push({ line, cells: asWritten(buffer.slice(pos, Math.min(stop, pos + mostFieldLength))), fault })
      if (after === -1) {
        skippingLine = !final
        pos = !final && buffer.endsWith('\r') ? buffer.length - 1 : buffer.length
      } else {
        line += 1
        pos = after
      }
    }
    buffer = buffer.slice(pos)
    return rows
  }

  function readRecord(start: number, final: boolean): Ending {
    cells = []
    linesPassed = 0
    let pos = start
    for (;;) {
      faultAt = pos
      if (buffer.charCodeAt(pos) === quoteCode) {
        const ending = readQuoted(pos, final)
        if (ending !== COMPLETE) return ending
        pos = next
      } else {
        const stop = fieldEnd(pos)
        if (stop - pos > mostFieldLength) return TOO_LONG
        if (stop === buffer.length && !final) return INCOMPLETE
        cells.push(buffer.slice(pos, stop))
        pos = stop
      }
      if (pos >= buffer.length) {
        next = pos
        return COMPLETE
      }
      const code = buffer.charCodeAt(pos)
      if (code === separator) {
        pos += 1
        // A delimiter as the very last character: an empty field follows, or the next piece of the text does.
        if (pos === buffer.length) {
          if (!final) return INCOMPLETE
          cells.push('')
          next = pos
          return COMPLETE
        }
        continue
      }
      if (code === RETURN && pos + 1 === buffer.length && !final) return INCOMPLETE
      next = pos + (code === RETURN && buffer.charCodeAt(pos + 1) === LINE_FEED ? 2 : 1)
      linesPassed += 1
      return COMPLETE
    }
  }

  /** Reads the quoted field that opens at `open` and leaves `next` behind it. */
  function readQuoted(open: number, final: boolean): Ending {
    let value = ''
    let from = open + 1
    for (;;) {
      const quote = buffer.indexOf(mark, from)
      if (quote === -1) {
        // A megabyte without a line end is one large cell; over lines it is a quote that nobody closed.
        if (buffer.length - open > mostFieldLength) return afterLine(open, false) === -1 ? TOO_LONG : UNTERMINATED
        return final ? UNTERMINATED : INCOMPLETE
      }
      if (quote + 1 === buffer.length && !final) return INCOMPLETE
      const piece = buffer.slice(from, quote)
      if (buffer.charCodeAt(quote + 1) === quoteCode) {
        value += piece + mark
        from = quote + 2
        continue
      }
      value += piece
      if (value.length > mostFieldLength) return TOO_LONG
      const stop = fieldEnd(quote + 1)
      if (stop === buffer.length && !final) return INCOMPLETE
      const lines = countLines(value)
      if (stop > quote + 1) {
        // Text behind a closing quote: within one line somebody forgot to double a quote; over several lines the quote
        // that "closed" the field is the opening one of a later record.
        if (lines > 0) return UNTERMINATED
        value += buffer.slice(quote + 1, stop).trimEnd()
      }
      linesPassed += lines
      cells.push(value)
      next = stop
      return COMPLETE
    }
  }

  function fieldEnd(from: number): number {
    let pos = from
    for (; pos < buffer.length; pos++) {
      const code = buffer.charCodeAt(pos)
      if (code === separator || code === LINE_FEED || code === RETURN) break
    }
    return pos
  }

  /** Where the line after the one at `from` begins; -1 when the text ends before. */
  function afterLine(from: number, final: boolean): number {
    for (let pos = from; pos < buffer.length; pos++) {
      const code = buffer.charCodeAt(pos)
      if (code === LINE_FEED) return pos + 1
      if (code === RETURN) {
        if (pos + 1 === buffer.length && !final) return -1
        return buffer.charCodeAt(pos + 1) === LINE_FEED ? pos + 2 : pos + 1
      }
    }
    return -1
  }

  function asWritten(text: string): string[] {
    return text.replace(/[\r\n]+$/, '').split(delimiter)
  }

  return {
    push(text) {
      buffer += text.includes('\0') ? text.replaceAll('\0', '') : text
      return readAll(false)
    },
    end: () => readAll(true),
  }
}

function countLines(text: string): number {
  let lines = 0
  for (let pos = 0; pos < text.length; pos++) {
    const code = text.charCodeAt(pos)
    if (code === LINE_FEED) lines += 1
    else if (code === RETURN && text.charCodeAt(pos + 1) !== LINE_FEED) lines += 1
  }
  return lines
}
