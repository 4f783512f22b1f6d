import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lookAtTable } from '../../src/main/contacts/import/reading/look-at-table.ts'
import { readTable } from '../../src/main/contacts/import/reading/read-table.ts'
import type { TableLook } from '../../src/main/contacts/import/reading/table-look.ts'
import type { TableRow } from '../../src/main/contacts/import/reading/table-row.ts'
import type { FileReading } from '../../src/shared/contract/imports.ts'

/** A file as it was detected and read. */
export interface TableRead extends TableLook {
  readonly all: readonly TableRow[]
  /** Bytes read after each piece. */
  readonly progress: readonly number[]
}

/** Writes a file, detects how to read it, reads it whole, and deletes it. */
export async function tableOf(bytes: string | Uint8Array, corrected: Partial<FileReading> = {}): Promise<TableRead> {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-table-'))
  try {
    const path = join(folder, 'bytes')
    await writeFile(path, bytes)
    const look = await lookAtTable(path, corrected)
    const all: TableRow[] = []
    const progress: number[] = []
    for await (const piece of readTable(path, look.reading)) {
      all.push(...piece.rows)
      progress.push(piece.bytesRead)
    }
    return { ...look, all, progress }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
