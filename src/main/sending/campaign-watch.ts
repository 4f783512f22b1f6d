import type { Campaigns } from '../campaigns/index.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Reader } from '../storage/transaction.ts'
import { type CampaignBreaker, campaignBreaker } from './breaker.ts'
import { queueStore } from './queue-store.ts'
import { createThrottle, memoryOf, notAhead, rateWindow, type Throttle } from './throttle.ts'

/** What holds for a campaign over all accounts: its rate, and the breaker of its list and its message. */
export interface Watched {
  readonly throttle: Throttle
  readonly breaker: CampaignBreaker
}

/** The campaigns that are being sent, shared by all accounts. */
export interface CampaignWatch {
  of(campaignId: string): Promise<Watched>
  /** Forgets what it knows, so that the attempts and answers on disk are counted anew. */
  forget(campaignId: string): void
}

/** Watches campaigns; `countsSince` says from when on the answers of a campaign count for its breaker. */
export function createCampaignWatch(parts: {
  readonly clock: Clock
  readonly reader: Reader
  readonly campaigns: Campaigns
  countsSince(campaignId: string): Promise<number>
}): CampaignWatch {
  const { clock, reader, campaigns } = parts
  const known = new Map<string, Promise<Watched>>()

  async function load(campaignId: string): Promise<Watched> {
    const { ratePerSecond } = await campaigns.state(reader, campaignId)
    const windows = ratePerSecond === null ? [] : [rateWindow(ratePerSecond)]
    const { ms, count } = memoryOf(windows)
    const now = clock.now()
    const past = notAhead(await queueStore.startsOfCampaign(reader, { campaignId }, now - ms, count), now)
    const { answered, bounced } = await queueStore.answers(reader, campaignId, await parts.countsSince(campaignId))
    return { throttle: createThrottle(windows, past), breaker: campaignBreaker(answered, bounced) }
  }

  return {
    of(campaignId) {
      // Two accounts that ask at the same moment must share one throttle.
      const watched = known.get(campaignId) ?? load(campaignId)
      known.set(campaignId, watched)
      watched.catch(() => known.delete(campaignId))
      return watched
    },
    forget: campaignId => {
      known.delete(campaignId)
    },
  }
}
