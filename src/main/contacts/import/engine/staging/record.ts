/** A value of a staged row. Numbers are stored as floating point. */
export type RecordValue = string | number | null

/**
 * Writes rows in the record format of SQLite (https://www.sqlite.org/fileformat2.html#record_format): lengths and types of
 * the values, then the values. The first value is always the ordinal of the row among those of its key, as 32 bits, because
 * it is known only after sorting; `setOrdinal` writes it then.
 */
export interface RecordWriter {
  /** The most bytes that a row of these values can take. */
  mostBytes(values: readonly RecordValue[]): number
  /** Writes a row at `at`; returns where it ends. `out` must have the room. */
  write(values: readonly RecordValue[], out: Buffer, at: number): number
}

const TYPE_NULL = 0
const TYPE_INT32 = 4
const TYPE_FLOAT = 7
const FIRST_TEXT_TYPE = 13
const MOST_VARINT = 9

/** A writer with its own scratch space; for one thread. */
export function createRecordWriter(): RecordWriter {
  let body = Buffer.allocUnsafe(65_536)
  let types = new Float64Array(64)

  function mostBytes(values: readonly RecordValue[]): number {
    let most = MOST_VARINT * 2 + 4
    for (const value of values) most += MOST_VARINT + (typeof value === 'string' ? value.length * 3 : 8)
    return most
  }

  return {
    mostBytes,
    write(values, out, at) {
      const most = mostBytes(values)
      if (body.length < most) body = Buffer.allocUnsafe(most)
      if (types.length < values.length) types = new Float64Array(values.length)
      let end = 0
      let typeBytes = 1
      for (let index = 0; index < values.length; index++) {
        const value = values[index] ?? null
        let type = TYPE_NULL
        if (typeof value === 'string') {
          const from = end
          end = writeText(value, body, end)
          type = FIRST_TEXT_TYPE + 2 * (end - from)
        } else if (value !== null) {
          end = body.writeDoubleBE(value, end)
          type = TYPE_FLOAT
        }
        types[index] = type
        typeBytes += varintLength(type)
      }
      let to = writeVarint(headerLength(typeBytes), out, at)
      out[to++] = TYPE_INT32
      for (let index = 0; index < values.length; index++) to = writeVarint(types[index] ?? 0, out, to)
      to = out.writeInt32BE(1, to)
      body.copy(out, to, 0, end)
      return to + end
    },
  }
}

/** Writes the ordinal of a row into its record, which begins at `at`. */
export function setOrdinal(record: Buffer, at: number, ordinal: number): void {
  // The header says first how long it is; the ordinal is the first value behind it.
  const first = record[at] ?? 0
  const length = first < 128 ? first : ((first & 127) << 7) | ((record[at + 1] ?? 0) & 127)
  record.writeInt32BE(ordinal, at + length)
}

// The header counts itself: one byte up to 127, then two (a row has far fewer columns than three would need).
function headerLength(typeBytes: number): number {
  return typeBytes + (typeBytes + 1 < 128 ? 1 : 2)
}

/** How many bytes a whole number takes as a varint of SQLite. */
export function varintLength(value: number): number {
  let length = 1
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) length += 1
  return length
}

/** Writes a whole number below 2^53 as a varint: seven bits a byte, the highest first. Returns where it ends. */
export function writeVarint(value: number, out: Buffer, at: number): number {
  if (value < 128) {
    out[at] = value
    return at + 1
  }
  const length = varintLength(value)
  let rest = value
  for (let index = length - 1; index >= 0; index--) {
    out[at + index] = (rest % 128) | (index === length - 1 ? 0 : 128)
    rest = Math.floor(rest / 128)
  }
  return at + length
}

/** Writes a text as UTF-8 and returns where it ends. Half of a surrogate pair becomes U+FFFD, as everywhere in Node. */
export function writeText(text: string, out: Buffer, at: number): number {
  let to = at
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    // Most texts are plain; a call into the platform costs more than the loop for the few letters of a cell.
    if (code >= 128) return to + out.write(text.slice(index), to)
    out[to++] = code
  }
  return to
}
