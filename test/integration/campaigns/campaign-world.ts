import type { z } from 'zod'
import type { CampaignDraft } from '../../../src/shared/contract/campaigns.ts'
import { createTestApp, type TestApp } from '../../support/create-test-app.ts'
import { TestClock } from '../../support/test-clock.ts'

export const NOW = Date.parse('2026-11-20T09:00:00Z')

/** Parts of a draft as a client may give them. */
export type DraftParts = Partial<z.input<typeof CampaignDraft>>

/** An application with three people on a list, one of whom has no e-mail, and a settled workspace. */
export interface CampaignWorld extends TestApp {
  readonly clock: TestClock
  readonly listId: string
  readonly people: readonly string[]
  /** A campaign that has everything it needs; parts of its draft can be given. */
  aCampaign(draft?: DraftParts): Promise<string>
  /** Asks for approval as the owner, and approves as the approver. */
  approved(id: string): Promise<void>
  actAs(role: 'owner' | 'approver' | 'analyst'): Promise<void>
}

export const EMAIL = {
  channel: 'email',
  subject: 'News for {{first_name}}',
  preheader: '',
  html: '<p>Dear {{first_name}} of {{company}}</p><a href="{{unsubscribe_url}}">Leave</a> {{postal_address}}',
  text: '',
} as const

export async function openCampaignWorld(): Promise<CampaignWorld> {
  const clock = new TestClock(NOW)
  const world = await createTestApp({ clock, start: false })
  const { client } = world
  const settings = await client.workspace.settings({})
  await client.workspace.saveSettings({
    ...settings,
    organisation: 'Riverside',
    postalAddress: '1 Harbour St',
    timeZone: 'Europe/Rome',
  })
  const people = []
  for (const [firstName, email, company] of [
    ['Ann', 'ann@example.com', 'Lee'],
    ['Bea', 'bea@example.com', ''],
    ['Cat', null, ''],
  ] as const) {
    const phone = email === null ? '+12025550123' : null
    people.push((await client.contacts.create({ firstName, email, company, phone })).id)
  }
  const list = await client.lists.create({ name: 'All' })
  await client.lists.addMembers({ id: list.id, contactIds: people })
  const owner = (await client.workspace.overview({})).member

  async function actAs(role: 'owner' | 'approver' | 'analyst'): Promise<void> {
    const { members } = await client.team.list({})
    const found = role === 'owner' ? owner : members.find(member => member.role === role)
    if (found) await client.team.switchTo({ id: found.id })
    else await client.team.switchTo({ id: (await client.team.save({ id: null, name: role, email: '', role })).id })
  }

  return {
    ...world,
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
    clock,
    listId: list.id,
    people,
    actAs,
    async aCampaign(draft = {}) {
      const campaign = await client.campaigns.create({ name: 'News', channel: draft.channel ?? 'email' })
      await client.campaigns.saveDraft({
        id: campaign.id,
        name: 'News',
        draft: {
          ...campaign.draft,
          audience: { listIds: [list.id] },
          content: EMAIL,
          fallbacks: { company: 'your company' },
          ...draft,
        },
      })
      return campaign.id
    },
    async approved(id) {
      const asked = await client.campaigns.requestApproval({ id })
      await actAs('approver')
      await client.approvals.decide({ id: asked.approval?.id ?? '', decision: 'approve' })
      await actAs('owner')
    },
  }
}
