import type { CampaignDraft } from '../../../shared/contract/campaigns.ts'
import { AppError } from '../../../shared/contract/failure.ts'
import type { Accounts } from '../../accounts/index.ts'
import type { Reader } from '../../storage/transaction.ts'
import { policyOf } from '../policy/policies.ts'
import { listStore } from './list-store.ts'

/**
 * Refuses a campaign that markets by SMS or voice while a do-not-call list that the policy requires is missing or stale
 * (standards.md 1.13). The newest list of a name counts.
 */
export async function mustHaveFreshLists(
  accounts: Pick<Accounts, 'setting'>,
  reader: Reader,
  draft: Pick<CampaignDraft, 'category' | 'channel' | 'further'>,
  now: number,
): Promise<void> {
  const channels = [draft.channel, ...draft.further.map(one => one.channel)]
  if (draft.category !== 'marketing' || !channels.some(channel => channel === 'sms' || channel === 'voice')) return
  const { requiredLists } = await policyOf(accounts, reader)
  if (requiredLists.length === 0) return
  const lists = (await listStore.all(reader)).filter(list => list.reason === 'do_not_call' && list.state === 'done')
  const stale = requiredLists.filter(name => {
    const newest = lists.find(list => list.name === name)
    return newest === undefined || (newest.validUntil !== null && newest.validUntil <= now)
  })
  if (stale.length === 0) return
  throw new AppError(
    'conflict',
    `Read in a fresh copy of “${stale.join('”, “')}” first: it is missing or out of date.`,
    {
      lists: stale,
    },
  )
}
