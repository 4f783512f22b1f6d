import type { Kernel } from '../kernel/kernel.ts'
import type { Reader } from '../storage/transaction.ts'
import { bounceJudgement, complaintJudgement, type Judgement } from './breaker.ts'
import type { CampaignEnds } from './campaign-ends.ts'
import type { LedgerEntry } from './index.ts'
import { queueStore } from './queue-store.ts'

/** Watches what comes back about campaigns later on: complaints, and bounces by mail or from a provider. */
export interface FeedbackWatch {
  /** Takes note of entries that are being written; campaigns are judged when that is done. */
  noted(entries: readonly Pick<LedgerEntry, 'kind' | 'campaignId'>[]): void
}

// The transaction that the entries are written in has ended by then; many entries come together.
const JUDGED_AFTER_MS = 1000

/** Pauses campaigns that too many people complain of, or that too many of came back, and warns before. */
export function createFeedbackWatch(
  kernel: Pick<Kernel, 'clock' | 'background'>,
  reader: Reader,
  ends: Pick<CampaignEnds, 'pause' | 'warn' | 'countsSince'>,
): FeedbackWatch {
  const waiting = new Set<string>()
  const warned = new Set<string>()

  async function judge(campaignId: string): Promise<void> {
    const since = await ends.countsSince(campaignId)
    const { accepted, answered, complained, bounced } = await queueStore.feedback(reader, campaignId, since)
    const kinds: readonly (readonly [string, Judgement | null])[] = [
      ['complaints', complaintJudgement(accepted, complained)],
      ['bounces', bounceJudgement(answered, bounced)],
    ]
    for (const [kind, judgement] of kinds) {
      if (judgement === null) continue
      if (judgement.isStop) await ends.pause(campaignId, judgement.reason)
      else if (!warned.has(`${kind}:${campaignId}`)) {
        warned.add(`${kind}:${campaignId}`)
        await ends.warn(campaignId, judgement.reason)
      }
    }
  }

  async function judgeAll(): Promise<void> {
    const ids = [...waiting]
    waiting.clear()
    for (const id of ids) await judge(id)
  }

  return {
    noted(entries) {
      const before = waiting.size
      for (const { kind, campaignId } of entries) {
        if (campaignId !== null && (kind === 'complained' || kind === 'bounced')) waiting.add(campaignId)
      }
      if (before === 0 && waiting.size > 0) {
        kernel.clock.after(JUDGED_AFTER_MS, () => kernel.background('sending.feedback', judgeAll()))
      }
    },
  }
}
