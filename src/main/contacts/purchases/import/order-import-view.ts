import type { z } from 'zod'
import type { OrderImport } from '../../../../shared/contract/purchases.ts'
import type { OrderImportRow } from './order-import-store.ts'

/** An import of orders as people see it. */
export function orderImportView(row: OrderImportRow, now: number): z.input<typeof OrderImport> {
  const elapsed = row.started_at === null ? 0 : Math.max(1, (row.ended_at ?? now) - row.started_at)
  return {
    id: row.id,
    fileName: row.file_name,
    state: row.state,
    rows: row.rows,
    taken: row.taken,
    rejected: row.rejected,
    created: row.created,
    updated: row.updated,
    unchanged: row.unchanged,
    customersMade: row.customers_made,
    fractionDone: fractionOf(row),
    rowsPerSecond: elapsed === 0 ? 0 : Math.round((row.rows / elapsed) * 1000),
    error: row.error,
    canUndo: (row.state === 'done' || row.state === 'cancelled') && row.created + row.updated > 0,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  }
}

// Reading takes about two fifths of the time, the figures a seventh.
function fractionOf(row: OrderImportRow): number {
  switch (row.phase) {
    case 'read':
      return row.bytes === 0 ? 0 : Math.min(1, row.bytes_read / row.bytes) * 0.4
    case 'merge':
      return 0.4 + (row.rows === 0 ? 0.45 : Math.min(1, (row.taken + row.rejected) / row.rows) * 0.45)
    case 'figures':
      return 0.85
    case 'over':
      return 1
  }
}
