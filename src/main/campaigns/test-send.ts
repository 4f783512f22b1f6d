import { AppError, notFound } from '../../shared/contract/failure.ts'
import type { RenderedMessage } from '../../shared/contract/message-content.ts'
import { readEmail } from '../../shared/domain/email-address.ts'
import { envelopeOf, type SendOutcome } from '../integrations/index.ts'
import { unsubscribeMailto, withInlineStyles } from '../templates/index.ts'
import { perMessage } from './review.ts'
import { audienceOf, type CampaignParts, type CampaignSubject } from './subject.ts'

interface TestResult {
  readonly to: string
  readonly ok: boolean
  readonly detail: string
}

/**
 * Sends the message, marked as a test, by the campaign's own account to addresses of the person's own. It is no message of the
 * campaign: nothing of it is in the ledger.
 */
export async function testSend(
  parts: CampaignParts,
  subject: CampaignSubject,
  input: { readonly to: readonly string[]; readonly asContactId: string | null; readonly campaignId: string },
  signal: AbortSignal,
): Promise<readonly TestResult[]> {
  const { kernel, integrations, storage, templates } = parts
  const { account, draft } = subject
  if (draft.channel === 'social') {
    throw new AppError('conflict', 'A post would be public at once, so there is no test of it. Look at the preview.')
  }
  if (!draft.content) throw new AppError('conflict', 'Write the message first, or choose a template.')
  if (!account) throw new AppError('conflict', 'The account that was chosen is gone. Choose another one.')
  // As it will be sent: styles inlined, files attached.
  const content = await withInlineStyles(draft.content)
  const attachments = await templates.media.attached(storage.reader, content)
  const compiled = templates.compile(content, draft.fallbacks)
  const contactId = input.asContactId ?? (await firstRecipient(parts, subject))
  const known = contactId ? await templates.mergeValues(storage.reader, [contactId], subject.settings) : null
  if (input.asContactId && !known?.has(input.asContactId)) throw notFound('contact', input.asContactId)
  const values = (contactId ? known?.get(contactId) : null) ?? templates.madeUpValues(subject.settings)
  const provider = await integrations.provider(account.id)

  const results: TestResult[] = []
  for (const asked of input.to) {
    const to = draft.channel === 'email' ? emailAddress(asked) : phoneNumber(asked)
    if (to === null) {
      const form = draft.channel === 'email' ? 'ann@example.com' : '+15555550123'
      results.push({ to: asked, ok: false, detail: `That is not an address. It looks like ${form}.` })
      continue
    }
    const messageId = `test-${kernel.ids.next()}`
    const rendering = compiled.render(values, perMessage(subject, messageId))
    if (rendering.kind === 'failed') {
      results.push({ to: asked, ok: false, detail: rendering.problem })
      continue
    }
    const from = { name: subject.fromName, address: account.fromAddress }
    const head = { messageId, campaignId: input.campaignId, to, from }
    const envelope = envelopeOf(head, markedAsTest(rendering.message), {
      replyTo: subject.replyTo,
      unsubscribeMailto: draft.category === 'marketing' ? unsubscribeMailto(account.fromAddress, messageId) : '',
    })
    const at = kernel.clock.now()
    const outcome = await provider.send(
      envelope.channel === 'email' ? { ...envelope, attachments, at } : { ...envelope, at },
      signal,
    )
    results.push({ to: asked, ...resultOf(outcome) })
  }
  return results
}

function markedAsTest(message: RenderedMessage): RenderedMessage {
  if (message.channel === 'email') return { ...message, subject: `[Test] ${message.subject}` }
  // An approved template is sent as it was approved, or not at all.
  return message.channel === 'whatsapp' ? message : { ...message, text: `[Test] ${message.text}` }
}

async function firstRecipient(parts: CampaignParts, subject: CampaignSubject): Promise<string | null> {
  for await (const page of audienceOf(parts.segments, parts.storage.reader, subject)) {
    const first = page.find(member => member.skip === null)
    if (first) return first.contactId
  }
  return null
}

function emailAddress(asked: string): string | null {
  const reading = readEmail(asked)
  return reading.kind === 'address' ? reading.address : null
}

function phoneNumber(asked: string): string | null {
  const bare = asked.replace(/[\s().-]/g, '')
  return /^\+[1-9]\d{6,14}$/.test(bare) ? bare : null
}

function resultOf(outcome: SendOutcome): { ok: boolean; detail: string } {
  if (outcome.kind === 'accepted') return { ok: true, detail: 'Accepted by the server.' }
  const { code, reply } = outcome.fault
  const said = [code, reply].filter(text => text !== '').join(' ')
  const words = {
    rejected: 'Refused',
    deferred: 'Not now',
    throttled: 'The account must slow down',
    unknown: 'No answer',
  }
  return { ok: false, detail: said === '' ? `${words[outcome.kind]}.` : `${words[outcome.kind]}: ${said}` }
}
