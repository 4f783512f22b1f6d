import { describe, expect, test } from 'vitest'
import { CampaignDraft } from '../../../src/shared/contract/campaigns.ts'
import { SenderId } from '../../../src/shared/contract/define.ts'
import { createTestApp } from '../../support/create-test-app.ts'
import { startWhatsappFake } from '../../support/fakes/whatsapp.ts'

async function aWorkspace() {
  const fake = await startWhatsappFake()
  fake.templates.push({
    name: 'reminder',
    language: 'en_US',
    status: 'APPROVED',
    category: 'UTILITY',
    components: [{ type: 'BODY', text: 'Hello {{1}}' }],
  })
  const app = await createTestApp({ start: false })
  const sender = await app.client.senders.save({
    id: null,
    channel: 'whatsapp',
    name: 'Riverside',
    settings: {
      provider: 'whatsapp',
      phoneNumberId: '111111',
      businessAccountId: '222222',
      graphVersion: 'v25.0',
      fromName: '',
      fromAddress: '',
      replyTo: '',
      apiBase: fake.url,
    },
    limits: { perSecond: 5, perMinute: null, perHour: null, perDay: null, concurrency: 2, families: [], warmUp: null },
    secrets: { accessToken: fake.token },
  })
  return {
    app,
    fake,
    senderId: SenderId.parse(sender.id),
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]()
      await fake.close()
    },
  }
}

describe('templates of WhatsApp', () => {
  test('are listed for the editor', async () => {
    await using world = await aWorkspace()
    const { templates } = await world.app.client.senders.whatsappTemplates({ senderId: world.senderId })
    expect(templates).toMatchObject([{ name: 'reminder', language: 'en_US', status: 'APPROVED', places: ['1'] }])
  })

  test('an account without them says so, and a wrong token names the remedy', async () => {
    await using world = await aWorkspace()
    const practice = SenderId.parse('practice-whatsapp')
    await expect(world.app.client.senders.whatsappTemplates({ senderId: practice })).rejects.toThrow(
      'no message templates',
    )
    world.fake.trouble({ status: 401, body: { error: { message: 'expired', code: 190 } } })
    await expect(world.app.client.senders.whatsappTemplates({ senderId: world.senderId })).rejects.toThrow(
      'Test the account',
    )
  })

  test('a campaign whose template is not approved in that language is not ready', async () => {
    await using world = await aWorkspace()
    const draft = (language: string) =>
      CampaignDraft.parse({
        channel: 'whatsapp',
        senderId: world.senderId,
        audience: {},
        content: {
          channel: 'whatsapp',
          message: {
            kind: 'template',
            name: 'reminder',
            language,
            wording: 'Hello {{1}}',
            header: { kind: 'none' },
            body: [{ name: '', text: '{{default first_name "there"}}' }],
            buttons: [],
          },
        },
      })
    const messageState = async (language: string) => {
      const { id } = await world.app.client.campaigns.create({ name: 'Reminder', channel: 'whatsapp' })
      await world.app.client.campaigns.saveDraft({ id, name: 'Reminder', draft: draft(language) })
      const { checks } = await world.app.client.campaigns.checklist({ id })
      return checks.find(check => check.key === 'message' && check.step === 'message')
    }
    expect(await messageState('en_US')).toMatchObject({ state: 'ok' })
    expect(await messageState('de')).toMatchObject({ state: 'error', text: expect.stringContaining('but in en_US') })
  })
})
