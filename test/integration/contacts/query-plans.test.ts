import { expect, test } from 'vitest'
import { complianceStore } from '../../../src/main/compliance/compliance-store.ts'
import { cardStore } from '../../../src/main/contacts/card-store.ts'
import { contactStore } from '../../../src/main/contacts/contact-store.ts'
import { segmentStore } from '../../../src/main/segments/segment-store.ts'
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
  const audience = Audience.parse({ listIds: ['l1', 'l2'], tagIds: ['t1'], excludeListIds: ['l3'] })
  const walk = (await plansOf(reader => segmentStore.candidates(reader, audience, 'c5', 1000, -1))).join('\n')
  expect(walk).toMatch(/SEARCH c USING COVERING INDEX sqlite_autoindex_contacts_1 \(id>\?\)/)
  expect(walk).toMatch(/SEARCH m USING INDEX list_members_by_contact \(contact_no=\? AND list_no=\?\)/)
  expect(walk).toMatch(/SEARCH t USING PRIMARY KEY \(contact_no=\? AND tag_no=\?\)/)
  expect(walk).not.toMatch(/TEMP B-TREE/)
  const gathered = (await plansOf(reader => segmentStore.candidates(reader, audience, 'c5', 1000))).join('\n')
  expect(gathered).toMatch(/SEARCH list_members USING PRIMARY KEY \(list_no=\?\)/)
  expect(gathered).toMatch(/SEARCH contact_tags USING COVERING INDEX contact_tags_by_tag \(tag_no=\?\)/)
  expect(gathered).toMatch(/SEARCH c USING INTEGER PRIMARY KEY/)
  const fates = (await plansOf(reader => segmentStore.members(reader, 'email', audience, ['a', 'b']))).join('\n')
  expect(fates).toMatch(/SEARCH c USING INDEX/)
  expect(fates).not.toMatch(/SCAN (c|o|m|t|s|n)\b/)
})

test('the timeline reads only what is about the contact', async () => {
  const plan = await plansOf(async reader => {
    await cardStore.ledger(reader, 'a', 100)
    await cardStore.messages(reader, 'a', 100)
    await cardStore.notes(reader, 'a', 100)
    await cardStore.consents(reader, 'a')
    await cardStore.suppressions(reader, { id: 'a', email: 'ann@example.org', phone: null })
  })
  const steps = plan.join('\n')
  for (const index of ['ledger_by_contact', 'messages_by_contact', 'notes_by_contact', 'consents_by_contact']) {
    expect(steps).toContain(index)
  }
  expect(steps).not.toMatch(/\bSCAN\b/)
})
