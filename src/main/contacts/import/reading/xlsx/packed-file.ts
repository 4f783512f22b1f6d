import type { Readable } from 'node:stream'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { AppError } from '../../../../../shared/contract/failure.ts'

/** A workbook is a ZIP file of parts. Parts are named in lower case, without a slash before. */
export interface PackedFile {
  readonly parts: ReadonlyMap<string, PackedPart>
  /** The bytes of a part as they come out; fails when there are more of them than the part announced. */
  open(part: PackedPart): Promise<Readable>
  close(): void
}

export interface PackedPart {
  readonly name: string
  /** Unpacked. */
  readonly bytes: number
  readonly entry: Entry
}

// A workbook full of pictures has some thousand parts. XML packs to a tenth, in the extreme to a hundredth.
const MOST_PARTS = 10_000
const MOST_UNPACKED_BYTES = 2 * 2 ** 30
const MOST_RATIO = 250
const RATIO_FROM_BYTES = 16 * 2 ** 20

/** Opens a packed file. Fails with `invalid_input` when it is damaged, locked, or made to fill the memory. */
export async function openPackedFile(path: string): Promise<PackedFile> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(failDamaged)
  try {
    const parts = await partsOf(zip)
    return {
      parts,
      open: part => zip.openReadStreamPromise(part.entry).catch(failDamaged),
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function partsOf(zip: ZipFile): Promise<ReadonlyMap<string, PackedPart>> {
  if (zip.entryCount > MOST_PARTS) throw refusedAsBomb()
  const parts = new Map<string, PackedPart>()
  let unpacked = 0
  try {
    for await (const entry of zip.eachEntry()) {
      if (parts.size >= MOST_PARTS) throw refusedAsBomb()
      if (entry.isEncrypted()) throw locked()
      const { uncompressedSize: bytes, compressedSize } = entry
      unpacked += bytes
      const ratio = bytes / Math.max(1, compressedSize)
      if (unpacked > MOST_UNPACKED_BYTES || (bytes > RATIO_FROM_BYTES && ratio > MOST_RATIO)) throw refusedAsBomb()
      const name = entry.fileName.toLowerCase().replace(/^\/+/, '')
      parts.set(name, { name, bytes, entry })
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    failDamaged()
  }
  return parts
}

/** Fails with the words for a file that cannot be unpacked. */
export function failDamaged(): never {
  throw new AppError(
    'invalid_input',
    'The workbook is damaged or was not copied to its end. Open it in a spreadsheet program, save it again, and choose that file.',
  )
}

function refusedAsBomb(): AppError {
  return new AppError(
    'invalid_input',
    'The workbook unpacks to far more than a workbook holds, as files do that were made to fill a disk. It was not opened. If you trust it, save it as CSV (UTF-8) and choose that file.',
  )
}

/** The words for a file that only its password opens. */
export function locked(): AppError {
  return new AppError(
    'invalid_input',
    'The workbook is protected with a password. Open it in a spreadsheet program, save it without one, and choose that file.',
  )
}
