import { expect, test } from 'vitest'
import { complianceStore } from '../../../src/main/compliance/compliance-store.ts'
import { cardStore } from '../../../src/main/contacts/card-store.ts'
import { contactStore } from '../../../src/main/contacts/contact-store.ts'
import { timelineStore } from '../../../src/main/contacts/timeline/timeline-store.ts'
import { audienceStore } from '../../../src/main/segments/audience/audience-store.ts'
import type { Leaf } from '../../../src/main/segments/rule/ask.ts'
import { Audience } from '../../../src/shared/contract/campaigns.ts'
import { plansOf } from '../../support/query-plans.ts'

test('a known e-mail address is found by its index', async () => {
  const plan = await plansOf(reader => contactStore.otherWithEmail(reader, 'ann@example.org', 'x'))
  expect(plan).toEqual([expect.stringContaining('INDEX contacts_email')])
})

test('the last look before sending seeks suppressions and consents by key', async () => {
  const people = [{ contactId: 'a', addressKey: 'ann@example.org' }]
  const plan = (await plansOf(reader => complianceStore.objections(reader, 'email', people))).join('\n')
  expect(plan).toMatch(/SEARCH suppressions USING PRIMARY KEY \(channel=\? AND address_key=\?\)/)
  expect(plan).toMatch(/SEARCH consents USING COVERING INDEX consents_by_contact/)
  expect(plan).not.toMatch(/SCAN (suppressions|consents)/)
})

test('a page of a large audience is read in order of id without sorting, and nobody is looked for by a scan', async () => {
  const listed: Leaf = { kind: 'listed', nos: [1, 2], statuses: ['active'] }
  const tagged: Leaf = { kind: 'tagged', nos: [1] }
  const excluded: Leaf = { kind: 'listed', nos: [3], statuses: ['active'] }
  const question = (listedOnes: number) => ({
    channel: 'email' as const,
    audience: Audience.parse({}),
    ask: {
      chosen: { kind: 'any' as const, asks: [listed, tagged] },
      excluded: [{ step: 'excluded_list' as const, ask: excluded }],
      listNos: [1, 2],
    },
    plan: {
      ground: { people: 1_000_000, indexes: new Set<string>(), currencies: [] },
      sizes: new Map<Leaf, number>([
        [listed, listedOnes],
        [tagged, listedOnes / 6],
        [excluded, 100_000],
      ]),
    },
    now: 0,
    campaignId: '',
  })
  const walk = (await plansOf(reader => audienceStore.candidates(reader, question(300_000), 'c5', 1000))).join('\n')
  expect(walk).toMatch(/SEARCH c USING COVERING INDEX sqlite_autoindex_contacts_1 \(id>\?\)/)
  expect(walk).toMatch(
    /SEARCH x USING (PRIMARY KEY|INDEX list_members_by_contact) \((list_no|contact_no)=\? AND (contact_no|list_no)=\?\)/,
  )
  expect(walk).toMatch(/SEARCH x USING PRIMARY KEY \(contact_no=\? AND tag_no=\?\)/)
  expect(walk).not.toMatch(/ORDER BY/)
  const gathered = (await plansOf(reader => audienceStore.candidates(reader, question(3000), 'c5', 1000))).join('\n')
  expect(gathered).toMatch(/SEARCH list_members USING PRIMARY KEY \(list_no=\?\)/)
  expect(gathered).toMatch(/SEARCH contact_tags USING COVERING INDEX contact_tags_by_tag \(tag_no=\?\)/)
  expect(gathered).toMatch(/SEARCH c USING INTEGER PRIMARY KEY/)
  const fates = (await plansOf(reader => audienceStore.members(reader, question(300_000), ['a', 'b']))).join('\n')
  expect(fates).toMatch(/SEARCH c USING INDEX/)
  expect(fates).not.toMatch(/SCAN (c|o|m|t|s|n|x)\b/)
})

test('the timeline reads only what is about the contact', async () => {
  const plan = await plansOf(async reader => {
    const whose = { no: 1, ids: ['a', 'b'], emailKey: 'ann@example.org', phone: null, source: '', createdAt: 0 }
    const { whose: _find, ...sources } = timelineStore
    for (const source of Object.values(sources)) await source(reader, whose, { upTo: 9, limit: 100 })
    await cardStore.notes(reader, 'a', 100)
    await cardStore.consents(reader, 'a')
  })
  const steps = plan.join('\n')
  for (const index of [
    'ledger_by_contact',
    'messages_by_contact',
    'notes_by_contact',
    'consents_by_contact',
    'orders_by_contact',
    'contact_events_by_contact',
    'segment_moves_by_contact',
    'audit_by_entity',
  ]) {
    expect(steps).toContain(index)
  }
  expect(steps).not.toMatch(/\bSCAN (?!\(subquery)/)
})
