import { createReadStream } from 'node:fs'
import iconv from 'iconv-lite'
import type { RecordPiece, RowFault, TableRow } from '../table-row.ts'
import { CARD_COLUMNS, type CardColumn, type CardValues, cardValues } from './card-columns.ts'
import { type CardProperty, cardProperty } from './card-property.ts'
import { createLogicalLines, type LogicalLine } from './logical-lines.ts'

/** One card of a file: the line on which it begins and what it says. */
interface Card {
  readonly line: number
  readonly values: CardValues
  readonly fault: RowFault | null
}

const PIECE_BYTES = 131_072
const MOST_PROPERTIES = 500
const MOST_OF_A_COLUMN = 9

/**
 * Reads cards as a table that has the columns they fill, always in the same order. The first record holds the names of the
 * columns. The file is read twice: the columns are known when the last card is.
 */
export async function* readCards(path: string, encoding: string): AsyncGenerator<RecordPiece> {
  const most = new Map<CardColumn, number>()
  for await (const { cards } of cardsOf(path, encoding)) {
    for (const { values } of cards) {
      for (const [column, found] of values) {
        most.set(column, Math.max(most.get(column) ?? 0, Math.min(found.length, MOST_OF_A_COLUMN)))
      }
    }
  }
  const columns = CARD_COLUMNS.flatMap(column =>
    Array.from({ length: most.get(column) ?? 0 }, (_, index) => ({ column, index })),
  )
  const names = columns.map(({ column, index }) => (index === 0 ? column : `${column} ${index + 1}`))
  yield { rows: [{ line: 0, cells: names, fault: null }], bytesRead: 0 }
  for await (const { cards, bytesRead } of cardsOf(path, encoding)) {
    const rows = cards.map(({ line, values, fault }): TableRow => {
      const cells = columns.map(({ column, index }) => values.get(column)?.[index] ?? '')
      return { line, cells, fault }
    })
    yield { rows, bytesRead }
  }
}

async function* cardsOf(path: string, encoding: string): AsyncGenerator<{ cards: Card[]; bytesRead: number }> {
  const isWide = /^utf-?(?:16|32)/i.test(encoding)
  const wide = isWide ? iconv.getDecoder(encoding) : null
  const lines = createLogicalLines()
  const reader = cardReader(isWide ? 'utf-8' : encoding)
  let bytesRead = 0
  for await (const chunk of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
    if (!Buffer.isBuffer(chunk)) continue
    const octets = wide ? Buffer.from(wide.write(chunk), 'utf8').toString('latin1') : chunk.toString('latin1')
    bytesRead += chunk.length
    yield { cards: reader.take(lines.push(octets)), bytesRead }
  }
  yield { cards: [...reader.take(lines.end()), ...reader.end()], bytesRead }
}

// A card that never ends, ends where the next one begins. A card inside a card (AGENT) is not a contact of its own.
function cardReader(encoding: string): { take(lines: readonly LogicalLine[]): Card[]; end(): Card[] } {
  let beganAt = 0
  let properties: CardProperty[] = []
  let fault: RowFault | null = null
  let nested = 0
  let expectsNested = false

  function finish(cards: Card[]): void {
    if (beganAt > 0) {
      const values = cardValues(properties)
      if (values.size > 0 || fault !== null) cards.push({ line: beganAt, values, fault })
    }
    beganAt = 0
    properties = []
    fault = null
    nested = 0
  }

  function takeLine({ line, octets, isCut }: LogicalLine, cards: Card[]): void {
    if (/^(?:\u00EF\u00BB\u00BF)?\s*BEGIN:VCARD\s*$/i.test(octets)) {
      if (beganAt > 0 && expectsNested) nested += 1
      else {
        finish(cards)
        beganAt = line
      }
      return
    }
    if (/^END:VCARD\s*$/i.test(octets)) {
      if (nested > 0) nested -= 1
      else finish(cards)
      return
    }
    if (beganAt === 0 || nested > 0) return
    if (isCut) fault = 'too_long'
    const property = cardProperty(octets, encoding)
    expectsNested = property?.name === 'AGENT' && property.value.trim() === ''
    if (property && properties.length < MOST_PROPERTIES) properties.push(property)
  }

  return {
    take(lines) {
      const cards: Card[] = []
      for (const line of lines) takeLine(line, cards)
      return cards
    },
    end() {
      const cards: Card[] = []
      finish(cards)
      return cards
    },
  }
}
