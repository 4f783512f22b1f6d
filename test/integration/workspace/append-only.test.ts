import { expect, test } from 'vitest'
import { transaction } from '../../../src/main/storage/transaction.ts'
import { openPeopleDomains, type PeopleDomains } from '../../support/people-domains.ts'

async function aCampaignWithALedgerRow({ storage }: PeopleDomains, isSample: 0 | 1): Promise<void> {
  await transaction(storage.db, async tx => {
    const campaign = { id: 'c1', name: 'C', channel: 'email', status: 'completed', draft: '{}', frozen: null } as const
    const place = { sender_id: null, send_at: null, plan_state: 'done', plan_cursor: '', audience_size: 0 } as const
    const times = { created_at: 0, updated_at: 0, started_at: null, completed_at: null }
    await tx
      .insertInto('campaigns')
      .values({ ...campaign, ...place, ...times, status_reason: '', is_sample: isSample, created_by: 'x' })
      .execute()
    const row = { at: 0, kind: 'planned', campaign_id: 'c1', message_id: null, contact_id: null }
    await tx
      .insertInto('ledger')
      .values({ ...row, event_key: 'k', data: '{}' })
      .execute()
  })
}

test('the ledger of a real campaign can be neither deleted nor changed, and it cannot be turned into a sample', async () => {
  await using domains = await openPeopleDomains()
  await aCampaignWithALedgerRow(domains, 0)
  const { db } = domains.storage
  await expect(db.deleteFrom('ledger').execute()).rejects.toThrow('append-only')
  await expect(db.updateTable('ledger').set({ at: 1 }).execute()).rejects.toThrow('append-only')
  await expect(db.updateTable('campaigns').set({ is_sample: 1 }).execute()).rejects.toThrow('cannot become a sample')
})

test('only the ledger of a sample campaign may be taken out', async () => {
  await using domains = await openPeopleDomains()
  await aCampaignWithALedgerRow(domains, 1)
  const { db, reader } = domains.storage
  await expect(db.updateTable('ledger').set({ at: 1 }).execute()).rejects.toThrow('append-only')
  await db.deleteFrom('ledger').where('campaign_id', '=', 'c1').execute()
  expect(await reader.selectFrom('ledger').select('seq').execute()).toEqual([])
})
