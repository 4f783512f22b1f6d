import { expect, test } from 'vitest'
import { EMAIL, openCampaignWorld } from './campaign-world.ts'

test('goes from request to approval, with the note and the summary for the approver', async () => {
  await using world = await openCampaignWorld()
  const id = await world.aCampaign()
  const asked = await world.client.campaigns.requestApproval({ id, note: 'Please look' })
  expect(asked).toMatchObject({ status: 'in_review', approval: { state: 'pending', canDecide: false } })
  await world.actAs('approver')
  const { rows } = await world.client.approvals.queue({})
  expect(rows).toMatchObject([
    { campaignId: id, note: 'Please look', canDecide: true, summary: { recipients: 2, subject: EMAIL.subject } },
  ])
  const review = await world.client.approvals.review({ id: rows[0]?.id ?? '' })
  expect(review.samples.map(sample => sample.message.channel === 'email' && sample.message.subject)).toEqual([
    'News for Ann',
    'News for Bea',
  ])
  const decided = await world.client.approvals.decide({ id: rows[0]?.id ?? '', decision: 'approve' })
  expect(decided).toMatchObject({ state: 'approved', decidedBy: 'Ada Approver' })
  expect(await world.client.campaigns.get({ id })).toMatchObject({ status: 'approved' })
})

test('tells both sides', async () => {
  await using world = await openCampaignWorld()
  const notices: string[] = []
  world.app.onEvent(event => event.kind === 'notice' && notices.push(event.title))
  await world.approved(await world.aCampaign())
  expect(notices).toEqual(['Approval is asked for', '"News" was approved by Ada Approver'])
})

test('who asked does not decide while somebody else could', async () => {
  await using world = await openCampaignWorld()
  const { approval } = await world.client.campaigns.requestApproval({ id: await world.aCampaign() })
  await expect(world.client.approvals.decide({ id: approval?.id ?? '', decision: 'approve' })).rejects.toMatchObject({
    code: 'forbidden',
  })
})

test('an owner who is alone decides about her own request, and the record says so', async () => {
  await using world = await openCampaignWorld()
  const { members } = await world.client.team.list({})
  for (const member of members) if (member.role !== 'owner') await world.client.team.archive({ id: member.id })
  const id = await world.aCampaign()
  const { approval } = await world.client.campaigns.requestApproval({ id })
  const decided = await world.client.approvals.decide({ id: approval?.id ?? '', decision: 'approve' })
  expect(decided).toMatchObject({ state: 'approved', requestedBy: decided.decidedBy })
})

test('a rejection needs a reason, and makes the campaign a draft again', async () => {
  await using world = await openCampaignWorld()
  const id = await world.aCampaign()
  const { approval } = await world.client.campaigns.requestApproval({ id })
  await world.actAs('approver')
  const decision = { id: approval?.id ?? '', decision: 'reject' } as const
  await expect(world.client.approvals.decide(decision)).rejects.toMatchObject({ code: 'invalid_input' })
  await world.client.approvals.decide({ ...decision, note: 'Wrong price' })
  expect(await world.client.campaigns.get({ id })).toMatchObject({
    status: 'draft',
    approval: { state: 'rejected', decisionNote: 'Wrong price' },
  })
  await expect(world.client.approvals.decide(decision)).rejects.toMatchObject({ code: 'conflict' })
})

test('saving without a change keeps the approval; a change makes it void and says what changed', async () => {
  await using world = await openCampaignWorld()
  const id = await world.aCampaign()
  await world.approved(id)
  const { name, draft } = await world.client.campaigns.get({ id })
  expect(await world.client.campaigns.saveDraft({ id, name, draft })).toMatchObject({ status: 'approved' })
  const content = { ...EMAIL, subject: 'Other' }
  const after = await world.client.campaigns.saveDraft({ id, name, draft: { ...draft, content } })
  expect(after).toMatchObject({ status: 'draft', approval: { state: 'void' } })
  expect(after.approval?.decisionNote).toContain('content')
})

test('a request can be taken back', async () => {
  await using world = await openCampaignWorld()
  const id = await world.aCampaign()
  await world.client.campaigns.requestApproval({ id })
  expect(await world.client.campaigns.withdraw({ id })).toMatchObject({ status: 'draft', approval: { state: 'void' } })
})

test('approving is refused when the audience changed since the request', async () => {
  await using world = await openCampaignWorld()
  const id = await world.aCampaign()
  const { approval } = await world.client.campaigns.requestApproval({ id })
  const dan = await world.client.contacts.create({ firstName: 'Dan', email: 'dan@example.com' })
  await world.client.lists.addMembers({ id: world.listId, contactIds: [dan.id] })
  await world.actAs('approver')
  await expect(world.client.approvals.decide({ id: approval?.id ?? '', decision: 'approve' })).rejects.toMatchObject({
    code: 'conflict',
    details: { changed: ['the audience'] },
  })
  expect(await world.client.campaigns.get({ id })).toMatchObject({ status: 'draft', approval: { state: 'void' } })
})
