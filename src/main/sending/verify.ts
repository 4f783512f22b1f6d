import type { LedgerReport } from '../../shared/contract/workspace.ts'
import type { Reader } from '../storage/transaction.ts'
import { examine, INVARIANTS } from './verify-store.ts'

/** Recomputes every invariant of the ledger from the raw rows; each says how many rows it saw and the first that breaks it, by id. */
export async function verifyLedger(reader: Reader): Promise<LedgerReport> {
  const checks: LedgerReport['checks'] = []
  for (const invariant of INVARIANTS) {
    const { rows, found } = await examine(reader, invariant)
    checks.push({
      name: invariant.name,
      ok: found === null,
      rows,
      found: found === null ? '' : `${found.id}: ${found.why}`,
    })
  }
  return { ok: checks.every(check => check.ok), checks }
}
