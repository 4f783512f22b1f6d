import type { Reader } from '../../storage/transaction.ts'
import { type ConflictRow, changeStore } from './change-store.ts'

/** A change to a million contacts takes seconds to look through; in pieces of this size other questions come in between. */
export const CONTACTS_AT_ONCE = 20_000

/** A page of the contacts that an undo would leave as they are, or left, and how many there are in all. */
export async function conflictsOf(
  reader: Reader,
  changeNo: number,
  page: { readonly offset: number; readonly limit: number; readonly atOnce: number },
  signal: AbortSignal | undefined,
): Promise<{ readonly rows: readonly ConflictRow[]; readonly total: number }> {
  const rows: ConflictRow[] = []
  let total = 0
  for (let afterNo = 0; ; ) {
    signal?.throwIfAborted()
    const { seen, lastNo, conflicts } = await changeStore.countConflicts(reader, changeNo, afterNo, page.atOnce)
    const offset = Math.max(0, page.offset - total)
    if (rows.length < page.limit && offset < conflicts) {
      const limit = page.limit - rows.length
      rows.push(...(await changeStore.conflicts(reader, changeNo, { afterNo, among: page.atOnce, offset, limit })))
    }
    total += conflicts
    if (seen < page.atOnce) return { rows, total }
    afterNo = lastNo
  }
}
