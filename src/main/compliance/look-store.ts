import { sql } from 'kysely'
import type { Suppression } from '../../shared/contract/contacts.ts'
import type { Channel } from '../../shared/contract/define.ts'
import type { Reader } from '../storage/transaction.ts'
import type { Place } from './zone/recipient-zone.ts'

/** Somebody to look at: where she stands in the list of those who are asked about, and the message that is for her. */
export interface LookedAt {
  readonly contactId: string
  readonly addressKey: string
  /** Empty while there is no message yet. */
  readonly messageId: string
}

/** What was found about one of them. `n` is her place in the list. */
export type Finding =
  | { readonly n: number; readonly kind: 'suppressed'; readonly what: Suppression['reason']; readonly at: number }
  /** Her newest word: `none` when she never said one. `at` is when it expires. */
  | {
      readonly n: number
      readonly kind: 'consent'
      readonly what: 'none' | 'granted' | 'denied' | 'withdrawn'
      readonly at: number | null
    }
  | {
      readonly n: number
      readonly kind: 'past'
      readonly what: Channel
      readonly campaignId: string
      readonly at: number
    }

/** What to look for. */
export interface LookFor {
  readonly channel: Channel
  readonly now: number
  /** Whether those who never said a word, or whose consent has expired, are to be found too. */
  readonly missingConsent: boolean
  /** From when on messages that left count; null for none. */
  readonly pastSince: number | null
}

/** What a campaign says about its messages. */
export interface TermsRow {
  readonly id: string
  readonly isFrozen: number
  readonly isSample: number
  readonly category: string | null
  readonly window: string | null
  readonly validHours: number | null
}

/** The SQL of the last look at people before a message leaves. */
export const lookStore = {
  /**
   * Everything that is on record against these people, in one statement whatever their number: suppressions of the address, the
   * newest consent, and messages that left (the practice account reaches nobody). What is on record of those who were merged
   * into them counts as theirs. CROSS JOIN keeps the people first.
   */
  async findings(reader: Reader, people: readonly LookedAt[], look: LookFor): Promise<readonly Finding[]> {
    const asked = JSON.stringify(people.map(one => [one.contactId, one.addressKey, one.messageId]))
    const word = look.missingConsent
      ? sql`left join consents on consents.seq =
          (select max(seq) from consents where contact_no = c.no and channel = ${look.channel})
        where consents.status is not 'granted' or consents.expires_at <= ${look.now}`
      : sql`cross join consents on consents.seq =
          (select max(seq) from consents where contact_no = c.no and channel = ${look.channel})
        where consents.status <> 'granted'`
    const left = sql`cross join attempts t on t.message_id = m.id
      where m.attempts > 0 and m.id <> people.message_id and t.started_at > ${look.pastSince}
        and (t.outcome is null or t.outcome in ('accepted', 'unknown'))
        and t.sender_id not in (select id from senders where provider = 'practice')
      group by people.n, m.id`
    const past =
      look.pastSince === null
        ? sql``
        : sql`
      union all
      select people.n, 'past', m.channel, m.campaign_id, max(t.started_at)
      from people cross join messages m on m.contact_id = people.contact_id ${left}
      union all
      select people.n, 'past', m.channel, m.campaign_id, max(t.started_at)
      from people cross join contacts c on c.id = people.contact_id cross join contact_aliases a on a.contact_no = c.no
        cross join messages m on m.contact_id = a.old_id ${left}`
    const { rows } = await sql<Finding>`
      with people (n, contact_id, address_key, message_id) as materialized
        (select key, value ->> 0, value ->> 1, value ->> 2 from json_each(${asked}))
      select people.n, 'suppressed' as kind, s.reason as what, '' as "campaignId", s.created_at as at
      from people cross join suppressions s on s.channel = ${look.channel} and s.address_key = people.address_key
      union all
      select people.n, 'consent', coalesce(consents.status, 'none'), '', consents.expires_at
      from people cross join contacts c on c.id = people.contact_id ${word}
      ${past}`.execute(reader)
    return rows
  },

  /** Where these contacts live, by id; those that are gone are left out. */
  async places(reader: Reader, contactIds: readonly string[]): Promise<ReadonlyMap<string, Place>> {
    const { rows } = await sql<Place & { readonly id: string }>`
      select c.id, c.time_zone as "timeZone", c.country, c.region, c.latitude, c.longitude, c.phone
      from json_each(${JSON.stringify(contactIds)}) as asked cross join contacts c on c.id = asked.value`.execute(
      reader,
    )
    return new Map(rows.map(row => [row.id, row]))
  },

  /** What campaigns say about their messages; what was launched is what counts. */
  async terms(reader: Reader, campaignIds: readonly string[]): Promise<readonly TermsRow[]> {
    const { rows } = await sql<TermsRow>`
      select id, frozen is not null as "isFrozen", is_sample as "isSample",
        coalesce(frozen ->> '$.draft.category', draft ->> '$.category') as category,
        iif(frozen is null, draft -> '$.window', frozen -> '$.draft.window') as window,
        coalesce(frozen ->> '$.draft.validHours', draft ->> '$.validHours') as "validHours"
      from campaigns where id in (select value from json_each(${JSON.stringify(campaignIds)}))`.execute(reader)
    return rows
  },
}
