import { expect } from '@playwright/test'
import type { Client } from '../../../src/shared/contract/client.ts'

/** What the specs of campaigns begin with: a shop with an address, and a few people on a list. */
export interface Shop {
  readonly listName: string
  readonly people: readonly { readonly id: string; readonly email: string }[]
}

/** Sets up the workspace through the contract, so that a spec shows only what it is about. */
export async function openShop(client: Client, count = 12): Promise<Shop> {
  const settings = await client.workspace.settings({})
  await client.workspace.saveSettings({
    ...settings,
    organisation: 'Corner Bakery',
    postalAddress: 'High Street 1, 12345 Springfield',
  })
  const list = await client.lists.create({ name: 'Regulars' })
  const people = []
  for (let at = 0; at < count; at++) {
    const email = `person${at}@example.org`
    const contact = await client.contacts.create({ firstName: `Person${at}`, lastName: 'Example', email })
    people.push({ id: contact.id, email })
  }
  await client.lists.addMembers({ id: list.id, contactIds: people.map(person => person.id) })
  await client.practice.setFallback({ behaviour: 'deliver', lively: false })
  return { listName: list.name, people }
}

/** A template made from the first starter of the channel. */
export async function makeTemplate(client: Client, name: string) {
  const { starters } = await client.templates.starters({ channel: 'email' })
  const starter = starters[0]
  if (!starter) throw new Error('there is no starter for e-mail')
  return client.templates.create({ name, category: 'News', content: starter.content })
}

/** A campaign to the shop's list that lacks nothing but approval. */
export async function draftCampaign(client: Client, name: string) {
  const template = await makeTemplate(client, `${name} template`)
  const campaign = await client.campaigns.create({ name, channel: 'email' })
  const { lists } = await client.contacts.facets({})
  return client.campaigns.saveDraft({
    id: campaign.id,
    name,
    draft: {
      ...campaign.draft,
      audience: { listIds: lists.map(list => list.id) },
      templateId: template.id,
      content: template.content,
      fallbacks: { company: 'your company' },
    },
  })
}

/** Sends a campaign through approval and on its way, and waits until it has ended. */
export async function sendCampaign(client: Client, name: string) {
  const campaign = await draftCampaign(client, name)
  const asked = await client.campaigns.requestApproval({ id: campaign.id })
  const { members } = await client.team.list({})
  const owner = members.find(member => member.role === 'owner')
  const approver = members.find(member => member.role === 'approver')
  if (!asked.approval || !owner || !approver) throw new Error('the workspace lacks an approver')
  await client.team.switchTo({ id: approver.id })
  await client.approvals.decide({ id: asked.approval.id, decision: 'approve' })
  await client.team.switchTo({ id: owner.id })
  const { reached } = await client.campaigns.estimate({ id: campaign.id })
  await client.campaigns.launch({ id: campaign.id, expected: reached })
  const status = async (): Promise<string> => (await client.campaigns.get({ id: campaign.id })).status
  await expect.poll(status, { intervals: [100], timeout: 120_000 }).toBe('completed')
  return campaign
}
