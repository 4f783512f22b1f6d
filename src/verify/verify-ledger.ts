import { ENDED, ONCE, readCampaigns, SUMS, verifyOnce } from './campaigns.ts'
import { CHAIN, type ChainHead, verifyChain } from './chain.ts'
import { type Check, createFindings } from './findings.ts'
import { openLedgerFile } from './ledger-file.ts'
import { LIMITS, verifyLimits } from './limits.ts'
import { MESSAGE_CHECKS } from './message-history.ts'
import { BEFORE_START, OBJECTIONS, ORPHANS, verifyMessages } from './messages.ts'
import { createSetbacks } from './setbacks.ts'

/** What the whole ledger looks like. */
export interface Verdict {
  readonly ok: boolean
  readonly checks: readonly Check[]
  readonly head: ChainHead
  /** How often the clock was set back; what happened first in the time that was lived through twice is not judged. */
  readonly setbacks: number
}

/** Recomputes the chain and every invariant of a workspace's file from its raw rows, in bounded memory. Reads only. */
export async function verifyLedger(path: string, expected: ChainHead | null): Promise<Verdict> {
  const file = await openLedgerFile(path)
  try {
    const findings = createFindings([
      ...[CHAIN, SUMS, ONCE],
      ...Object.values(MESSAGE_CHECKS),
      ...[ORPHANS, BEFORE_START, OBJECTIONS, LIMITS, ENDED],
    ])
    const setbacks = createSetbacks()
    const campaigns = await readCampaigns(file)
    const head = await verifyChain(file, findings, setbacks, expected)
    await verifyMessages(file, findings, campaigns, setbacks)
    campaigns.verify(findings)
    await verifyOnce(file, findings)
    await verifyLimits(file, findings, setbacks)
    const checks = findings.checks()
    return { ok: checks.every(check => check.ok), checks, head, setbacks: setbacks.count() }
  } finally {
    await file.close()
  }
}
