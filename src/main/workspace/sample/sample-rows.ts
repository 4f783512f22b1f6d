import { CampaignDraft } from '../../../shared/contract/campaigns.ts'
import type { MessageContent } from '../../../shared/contract/message-content.ts'
import type { FrozenCampaign } from '../../campaigns/index.ts'
import { days, hours } from '../../kernel/clock.ts'
import type { Random } from '../../kernel/random.ts'
import type { LedgerEntry } from '../../sending/index.ts'
import { ANNOUNCEMENT, NEWSLETTER, REMINDER } from './contents.ts'
import type { SamplePerson } from './people.ts'
import { BOUNCE, type Chosen, sampleResults } from './results.ts'
import type { Rows, SampleConsent, SampleRows } from './sample-store.ts'

/** What the sample is made from; the same facts give the same sample, ids aside. */
export interface SampleFacts {
  readonly people: readonly SamplePerson[]
  readonly random: Random
  readonly newId: () => string
  readonly now: number
  readonly actor: string
  readonly senderId: string
  readonly runId: string
  readonly listNames: readonly [string, string]
  /** Tags that are there already, by key. */
  readonly knownTags: ReadonlyMap<string, string>
}

/** What has to be remembered to take the sample out again. */
export interface SampleIds {
  readonly campaign: string
  readonly lists: readonly string[]
  readonly tags: readonly string[]
  readonly templates: readonly string[]
}

export interface SampleWorld {
  readonly ids: SampleIds
  readonly rows: SampleRows
  readonly ledger: readonly LedgerEntry[]
}

const TAGS = ['Regular', 'Events', 'Wholesale'] as const
const SOURCE = 'sample'

/** Everything that the sample consists of, as rows. Nothing is written here. */
export function sampleWorld(facts: SampleFacts): SampleWorld {
  const { random, newId, now, actor } = facts
  // Nine days ago in the afternoon: long past every account limit, recent enough to look alive.
  const startedAt = Math.floor((now - days(9)) / days(1)) * days(1) + hours(14)
  const begunAt = startedAt - days(30)
  const people = facts.people.map((person, n) => ({ ...person, id: newId(), createdAt: begunAt + n * hours(2) }))
  const [newsletter, customers] = [newId(), newId()]

  const onNewsletter = people.filter((_, n) => n % 6 !== 5)
  const onCustomers = people.filter(person => person.leadStatus === 'customer' || random.next() < 0.15)
  // Three people had said no before the campaign went out, each in another way.
  const early = onNewsletter.filter(person => person.email !== null)
  const [leftBefore, refused, leftToo] = [early[20], early[60], early[110]]

  const chosen = onNewsletter.map((person): Chosen => {
    const left = person === leftBefore || person === leftToo
    const skip =
      person.email === null ? 'no_address' : left ? 'unsubscribed' : person === refused ? 'consent_denied' : null
    return { contactId: person.id, address: person.email ?? '', skip }
  })
  const campaign = newId()
  const results = sampleResults(campaign, chosen, startedAt, { random, newId })
  const leftAt = new Map(results.unsubscribed.map(one => [one.contactId, one.at]))
  for (const person of [leftBefore, leftToo]) if (person) leftAt.set(person.id, startedAt - days(5))
  const bouncedAt = new Map(results.bounced.map(one => [one.contactId, one.at]))
  const lastActivity = new Map(
    results.messages.flatMap(message =>
      message.state === 'accepted' && message.attempt && message.lastEventAt > message.attempt.endedAt
        ? [[message.contactId, message.lastEventAt] as const]
        : [],
    ),
  )

  const member = (listId: string, person: { readonly id: string; readonly createdAt: number }) => {
    const left = leftAt.get(person.id)
    const bounced = bouncedAt.get(person.id)
    return {
      listId,
      contactId: person.id,
      status: left !== undefined ? 'unsubscribed' : bounced !== undefined ? 'bounced' : 'active',
      addedAt: person.createdAt,
      changedAt: left ?? bounced ?? person.createdAt,
    } as const
  }
  const tags = TAGS.map(name => ({ id: facts.knownTags.get(name.toLowerCase()) ?? newId(), name }))
  const templates = [
    { id: newId(), name: 'Autumn newsletter', category: 'Newsletter', content: NEWSLETTER },
    { id: newId(), name: 'Subscription box', category: 'Announcement', content: ANNOUNCEMENT },
    { id: newId(), name: 'Pick-up reminder', category: 'Reminder', content: REMINDER },
  ] as const
  const frozen = frozenNewsletter(facts.senderId, newsletter, templates[0].id)

  return {
    ids: {
      campaign,
      lists: [newsletter, customers],
      tags: tags.map(tag => tag.id),
      templates: templates.map(template => template.id),
    },
    ledger: results.entries,
    rows: {
      contacts: people.map(person => contactRow(person, lastActivity.get(person.id) ?? null)),
      lists: [
        listRow(newsletter, facts.listNames[0], 'Made up for the sample: readers of the newsletter', begunAt),
        listRow(customers, facts.listNames[1], 'Made up for the sample: who bought something this year', begunAt),
      ],
      members: [
        ...onNewsletter.map(person => member(newsletter, person)),
        ...onCustomers.map(person => member(customers, person)),
      ],
      tags: tags
        .filter(tag => !facts.knownTags.has(tag.name.toLowerCase()))
        .map(tag => ({ ...tag, name_key: tag.name.toLowerCase() })),
      tagged: people.flatMap((person, n) =>
        tags
          .filter((_, k) => n % (k + 2) === 0 && random.next() < 0.6)
          .map(tag => ({ tagId: tag.id, contactId: person.id })),
      ),
      consents: refused ? [consentOf(refused.id, startedAt - days(3))] : [],
      suppressions: [
        ...people.flatMap(person => {
          const at = leftAt.get(person.id)
          return at === undefined || person.email === null
            ? []
            : [suppressionRow(person.email, person.id, 'unsubscribe', at < startedAt ? null : campaign, at)]
        }),
        ...results.bounced.map(one => suppressionRow(one.address, one.contactId, 'hard_bounce', campaign, one.at)),
      ],
      templates: templates.map(template => ({
        id: template.id,
        channel: template.content.channel,
        name: template.name,
        category: template.category,
        content: JSON.stringify(template.content),
        version: 1,
        created_by: actor,
        created_at: begunAt,
        updated_at: begunAt,
        archived_at: null,
      })),
      template_versions: templates.map(template => ({
        template_id: template.id,
        version: 1,
        name: template.name,
        content: JSON.stringify(template.content),
        saved_by: actor,
        saved_at: begunAt,
      })),
      campaigns: [
        {
          id: campaign,
          name: 'Autumn newsletter',
          channel: 'email',
          status: 'completed',
          draft: JSON.stringify(frozen.draft),
          frozen: JSON.stringify(frozen),
          sender_id: facts.senderId,
          send_at: startedAt,
          plan_state: 'done',
          plan_cursor: chosen.at(-1)?.contactId ?? '',
          audience_size: results.messages.length,
          status_reason: '',
          is_sample: 1,
          created_by: actor,
          created_at: startedAt - days(1),
          updated_at: results.completedAt,
          started_at: startedAt,
          completed_at: results.completedAt,
        },
      ],
      messages: results.messages.map(message => ({
        id: message.id,
        campaign_id: campaign,
        contact_id: message.contactId,
        step: 1,
        channel: 'email' as const,
        address: message.address,
        sender_id: facts.senderId,
        family: '',
        state: message.state,
        reason: message.reason,
        due_at: message.attempt?.endedAt ?? message.plannedAt,
        attempts: message.attempt ? 1 : 0,
        claimed_by: null,
        provider_message_id: message.state === 'accepted' ? `sample-${message.id}` : null,
        created_at: message.plannedAt,
        updated_at: message.attempt?.endedAt ?? message.plannedAt,
      })),
      attempts: results.messages.flatMap(message => {
        if (!message.attempt) return []
        const { startedAt: started, endedAt: ended } = message.attempt
        const fault = message.state === 'rejected' ? BOUNCE : { class: null, code: null, reply: null }
        const outcome = message.state === 'rejected' ? ('rejected' as const) : ('accepted' as const)
        const attempt = {
          message_id: message.id,
          n: 1,
          sender_id: facts.senderId,
          run_id: facts.runId,
          outcome,
          ...fault,
        }
        return [{ ...attempt, started_at: started, ended_at: ended }]
      }),
    },
  }
}

function frozenNewsletter(senderId: string, listId: string, templateId: string): FrozenCampaign {
  const content: MessageContent = NEWSLETTER
  const draft = CampaignDraft.parse({
    channel: 'email',
    audience: { listIds: [listId] },
    templateId,
    content,
    senderId,
  })
  return { content, fallbacks: {}, draft, senderId, fromName: '', replyTo: '', further: [], destinations: [] }
}

function contactRow(
  person: SamplePerson & { readonly id: string; readonly createdAt: number },
  lastActivityAt: number | null,
): Rows<'contacts'>[number] {
  return {
    id: person.id,
    revision: 1,
    first_name: person.firstName,
    last_name: person.lastName,
    company: person.company,
    email: person.email,
    email_key: person.email,
    twin: 0,
    phone: person.phone,
    street: '',
    city: person.city,
    region: person.region,
    postal_code: person.postalCode,
    country: person.country,
    latitude: null,
    longitude: null,
    time_zone: person.timeZone,
    language: person.language,
    birthday: null,
    source: SOURCE,
    lead_status: person.leadStatus,
    lead_quality: '',
    lead_score: person.leadScore,
    socials: '{}',
    custom: '{}',
    created_at: person.createdAt,
    updated_at: person.createdAt,
    last_activity_at: lastActivityAt,
  }
}

function listRow(id: string, name: string, description: string, at: number): Rows<'lists'>[number] {
  return { id, name, name_key: name.toLowerCase(), description, created_at: at, updated_at: at }
}

function consentOf(contactId: string, at: number): SampleConsent {
  return {
    contactId,
    channel: 'email',
    status: 'denied',
    basis: 'express',
    evidence: 'Said at the counter that she wants no e-mail',
    at,
  }
}

function suppressionRow(
  email: string,
  contactId: string,
  reason: 'unsubscribe' | 'hard_bounce',
  campaignId: string | null,
  at: number,
): Rows<'suppressions'>[number] {
  return {
    channel: 'email',
    address_key: email,
    reason,
    source: SOURCE,
    contact_id: contactId,
    campaign_id: campaignId,
    note: '',
    created_at: at,
  }
}
