import { once } from 'node:events'
import { type FileHandle, open } from 'node:fs/promises'
import { crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib'
import { AppError } from '../../../shared/contract/failure.ts'

/** A zip file that is written from beginning to end, in bounded memory. */
export interface ZipFile {
  /** Begins the next entry; the one before is closed. */
  begin(name: string): Promise<void>
  /** Fails with `invalid_input` when the entry grows beyond 4 GiB. */
  write(text: string): Promise<void>
  /** Closes the last entry, writes the directory and returns the size in octets. */
  end(): Promise<number>
  /** Closes the file as it is. */
  abandon(): Promise<void>
}

interface Entry {
  readonly name: Buffer
  readonly at: number
  crc: number
  packed: number
  size: number
}

const MOST_OCTETS = 0xffff_ffff
const DESCRIPTOR_FOLLOWS = 0x0008
const UTF8_NAMES = 0x0800
const DEFLATED = 8
// 1 January 1980: the earliest day that the format knows; when the file was made is no one's business.
const DAY = 0x0021

/** Writes a zip file (PKWARE APPNOTE 6.3, without zip64: below 4 GiB) with entries that are packed while they are written. */
export async function createZipFile(path: string): Promise<ZipFile> {
  const file = await open(path, 'w', 0o600)
  const entries: Entry[] = []
  let at = 0
  let current: { readonly entry: Entry; readonly packer: DeflateRaw; readonly over: Promise<void> } | null = null

  async function put(bytes: Buffer): Promise<void> {
    await file.write(bytes, 0, bytes.length, at)
    at += bytes.length
  }

  async function close(): Promise<void> {
    if (!current) return
    const { entry, packer, over } = current
    current = null
    packer.end()
    await over
    await put(descriptorOf(entry))
  }

  return {
    async begin(name) {
      await close()
      const entry: Entry = { name: Buffer.from(name), at, crc: 0, packed: 0, size: 0 }
      entries.push(entry)
      await put(headerOf(entry))
      const packer = createDeflateRaw({ level: 6 })
      current = { entry, packer, over: drain(packer, entry, put) }
    },
    async write(text) {
      if (!current) throw new Error('no entry was begun')
      const { entry, packer, over } = current
      const bytes = Buffer.from(text)
      entry.crc = crc32(bytes, entry.crc)
      entry.size += bytes.length
      if (entry.size > MOST_OCTETS) {
        throw new AppError('invalid_input', 'The file would be larger than 4 GB. Choose CSV, or fewer columns.')
      }
      if (!packer.write(bytes)) await Promise.race([once(packer, 'drain'), over])
    },
    async end() {
      await close()
      const begin = at
      for (const entry of entries) await put(directoryEntryOf(entry))
      await put(endOf(entries.length, at - begin, begin))
      await file.close()
      return at
    },
    async abandon() {
      current?.packer.destroy()
      await current?.over.catch(() => undefined)
      await closed(file)
    },
  }
}

async function closed(file: FileHandle): Promise<void> {
  await file.close().catch(() => undefined)
}

async function drain(packer: DeflateRaw, entry: Entry, put: (bytes: Buffer) => Promise<void>): Promise<void> {
  for await (const chunk of packer) {
    if (!Buffer.isBuffer(chunk)) continue
    entry.packed += chunk.length
    await put(chunk)
  }
}

function headerOf(entry: Entry): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(DESCRIPTOR_FOLLOWS | UTF8_NAMES, 6)
  header.writeUInt16LE(DEFLATED, 8)
  header.writeUInt16LE(DAY, 12)
  header.writeUInt16LE(entry.name.length, 26)
  return Buffer.concat([header, entry.name])
}

function descriptorOf({ crc, packed, size }: Entry): Buffer {
  const descriptor = Buffer.alloc(16)
  descriptor.writeUInt32LE(0x08074b50, 0)
  descriptor.writeUInt32LE(crc, 4)
  descriptor.writeUInt32LE(packed, 8)
  descriptor.writeUInt32LE(size, 12)
  return descriptor
}

function directoryEntryOf(entry: Entry): Buffer {
  const line = Buffer.alloc(46)
  line.writeUInt32LE(0x02014b50, 0)
  line.writeUInt16LE(20, 4)
  line.writeUInt16LE(20, 6)
  line.writeUInt16LE(DESCRIPTOR_FOLLOWS | UTF8_NAMES, 8)
  line.writeUInt16LE(DEFLATED, 10)
  line.writeUInt16LE(DAY, 14)
  line.writeUInt32LE(entry.crc, 16)
  line.writeUInt32LE(entry.packed, 20)
  line.writeUInt32LE(entry.size, 24)
  line.writeUInt16LE(entry.name.length, 28)
  line.writeUInt32LE(entry.at, 42)
  return Buffer.concat([line, entry.name])
}

function endOf(count: number, size: number, at: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(at, 16)
  return end
}
