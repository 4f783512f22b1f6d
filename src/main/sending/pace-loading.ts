import { MAILBOX_FAMILIES } from '../../shared/domain/domain-family.ts'
import type { SendingAccount } from '../integrations/index.ts'
import type { Reader } from '../storage/transaction.ts'
import { type AccountPace, createAccountPace, paceKey } from './account-pace.ts'
import { queueStore } from './queue-store.ts'
import { createThrottle, memoryOf, notAhead, windowsOf } from './throttle.ts'
import { warmUpLimit } from './warm-up.ts'

const LONGEST_DAY_MS = 26 * 3_600_000

/** The pace of an account as the attempts on disk have it; `timeZone` says when the days of its warm-up begin. */
export async function loadPace(
  reader: Reader,
  account: Pick<SendingAccount, 'id' | 'channel' | 'limits'>,
  timeZone: string,
  now: number,
): Promise<AccountPace> {
  const windows = windowsOf(account.limits)
  const daily = warmUpLimit(account.limits.warmUp, timeZone)
  const memory = memoryOf(windows)
  const back = Math.max(memory.ms, daily === null ? 0 : LONGEST_DAY_MS)
  const most = Math.max(memory.count, daily?.most ?? 0)
  const starts = await queueStore.startsOfSender(reader, account.id, now - back, most)
  const throttle = createThrottle(windows, notAhead(starts, now), daily)
  // Only mail goes to mailbox families.
  if (account.channel !== 'email') return createAccountPace(throttle, [], new Map(), new Map())
  const past = await startsOfFamilies(reader, account, now)
  const resting = await queueStore.restingFamilies(reader, account.id, now)
  const rests = new Map(resting.map(({ address, until }) => [paceKey(address), until]))
  return createAccountPace(throttle, account.limits.families, past, rests)
}

async function startsOfFamilies(
  reader: Reader,
  account: Pick<SendingAccount, 'id' | 'limits'>,
  now: number,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const past = new Map<string, readonly number[]>()
  for (const limit of account.limits.families) {
    const { ms, count } = memoryOf(windowsOf(limit))
    if (count === 0) continue
    if (limit.family === 'other') {
      const domains = await queueStore.startsOfDomains(reader, account.id, now - ms, count)
      for (const [domain, starts] of domains) past.set(`@${domain}`, notAhead(starts, now))
      continue
    }
    const family = MAILBOX_FAMILIES.find(one => one === limit.family) ?? ''
    const starts = await queueStore.startsOfFamily(reader, { senderId: account.id, family }, now - ms, count)
    past.set(family, notAhead(starts, now))
  }
  return past
}
