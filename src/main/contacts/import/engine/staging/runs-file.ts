import { type FileHandle, open } from 'node:fs/promises'
import { createRecordWriter, type RecordValue, writeText } from './record.ts'

/** Rows of a file in ranges of their keys, on disk until they are sorted. */
export interface RunsWriter {
  /** Takes a row into memory. */
  add(range: number, key: string, values: readonly RecordValue[]): void
  /** Whether it is time to save. */
  isFull(): boolean
  /**
   * Forces what was added to disk; returns how long the file is now. More can be added meanwhile, and saved when this is done.
   */
  save(): Promise<number>
  close(): Promise<void>
}

/** A piece of the file with rows of one range. */
export interface Chunk {
  readonly range: number
  readonly rows: number
  readonly at: number
  readonly bytes: number
}

/** A row as it was added; its record lies in `bytes`. */
export interface RunRow {
  readonly key: string
  readonly bytes: Buffer
  readonly from: number
  readonly to: number
}

// Some 30,000 rows: enough that a chunk is worth a read of its own, little enough that memory stays flat.
const MEMORY_BYTES = 8 * 2 ** 20
const MOST_OUTGOING = 2 * MEMORY_BYTES
const CHUNK_HEADER = 12
const ROW_HEADER = 8
const MOST_ROWS = 65_536

/** Goes on behind the first `length` bytes of the file; what an interrupted run wrote after them is cut off. */
export async function createRunsWriter(path: string, length: number): Promise<RunsWriter> {
  const file = await open(path, length === 0 ? 'w+' : 'r+', 0o600)
  if ((await file.stat()).size < length) throw new Error('The rows of the import that were put aside are incomplete')
  await file.truncate(length)
  const records = createRecordWriter()
  const begins = new Int32Array(MOST_ROWS + 1)
  const ranges = new Int32Array(MOST_ROWS)
  let memory = Buffer.allocUnsafe(MEMORY_BYTES)
  let outgoing = Buffer.allocUnsafe(MEMORY_BYTES)
  let end = 0
  let rows = 0
  let written = length

  function room(most: number): void {
    if (memory.length - end >= most) return
    const larger = Buffer.allocUnsafe(Math.max(memory.length * 2, end + most))
    memory.copy(larger, 0, 0, end)
    memory = larger
  }

  return {
    add(range, key, values) {
      room(ROW_HEADER + key.length * 3 + records.mostBytes(values))
      const keyEnd = writeText(key, memory, end + ROW_HEADER)
      const to = records.write(values, memory, keyEnd)
      memory.writeUInt32LE(keyEnd - end - ROW_HEADER, end)
      memory.writeUInt32LE(to - keyEnd, end + 4)
      begins[rows] = end
      ranges[rows] = range
      rows += 1
      begins[rows] = to
      end = to
    },
    isFull: () => rows === MOST_ROWS || end >= MEMORY_BYTES - MEMORY_BYTES / 64,
    async save() {
      const most = end + rows * CHUNK_HEADER
      if (outgoing.length < most) outgoing = Buffer.allocUnsafe(most)
      const length = inChunks(memory, begins, ranges, rows, outgoing)
      rows = 0
      end = 0
      if (memory.length > MEMORY_BYTES) memory = Buffer.allocUnsafe(MEMORY_BYTES)
      await file.write(outgoing, 0, length, written)
      await file.datasync()
      written += length
      if (outgoing.length > MOST_OUTGOING) outgoing = Buffer.allocUnsafe(MEMORY_BYTES)
      return written
    },
    close: () => file.close(),
  }
}

/** The rows in memory, those of each range together behind a header; returns how many bytes they are. */
function inChunks(memory: Buffer, begins: Int32Array, ranges: Int32Array, rows: number, out: Buffer): number {
  const byRange = new Map<number, number[]>()
  for (let row = 0; row < rows; row++) {
    const range = ranges[row] ?? 0
    const those = byRange.get(range)
    if (those) those.push(row)
    else byRange.set(range, [row])
  }
  let at = 0
  for (const [range, those] of byRange) {
    const headerAt = at
    at += CHUNK_HEADER
    for (const row of those) at += memory.copy(out, at, begins[row], begins[row + 1])
    out.writeUInt32LE(range, headerAt)
    out.writeUInt32LE(those.length, headerAt + 4)
    out.writeUInt32LE(at - headerAt - CHUNK_HEADER, headerAt + 8)
  }
  return at
}

/** Reads what a `RunsWriter` wrote. */
export interface RunsReader {
  /** Where the rows of each range lie, in the order in which they were added. */
  chunks(): Promise<readonly Chunk[]>
  /** The rows of some chunks; their bytes are good until the next rows are asked for. */
  rows(chunks: readonly Chunk[]): Promise<RunRow[]>
  close(): Promise<void>
}

/** Opens the first `fileLength` bytes of the file. */
export async function openRuns(path: string, fileLength: number): Promise<RunsReader> {
  const file = await open(path, 'r')
  let bytes = Buffer.alloc(0)
  return {
    async chunks() {
      const found: Chunk[] = []
      const header = Buffer.alloc(CHUNK_HEADER)
      for (let at = 0; at < fileLength; ) {
        await readExactly(file, at, header)
        const length = header.readUInt32LE(8)
        found.push({
          range: header.readUInt32LE(0),
          rows: header.readUInt32LE(4),
          at: at + CHUNK_HEADER,
          bytes: length,
        })
        at += CHUNK_HEADER + length
      }
      return found
    },
    async rows(chunks) {
      const length = chunks.reduce((sum, chunk) => sum + chunk.bytes, 0)
      if (bytes.length < length) bytes = Buffer.allocUnsafe(length)
      const rows: RunRow[] = []
      let at = 0
      for (const chunk of chunks) {
        const end = at + chunk.bytes
        await readExactly(file, chunk.at, bytes.subarray(at, end))
        while (at < end) {
          const keyEnd = at + ROW_HEADER + bytes.readUInt32LE(at)
          const to = keyEnd + bytes.readUInt32LE(at + 4)
          rows.push({ key: bytes.toString('utf8', at + ROW_HEADER, keyEnd), bytes, from: keyEnd, to })
          at = to
        }
      }
      return rows
    },
    close: () => file.close(),
  }
}

async function readExactly(file: FileHandle, at: number, into: Buffer): Promise<void> {
  const { bytesRead } = await file.read(into, 0, into.length, at)
  if (bytesRead < into.length) throw new Error('The rows of the import that were put aside are incomplete')
}
