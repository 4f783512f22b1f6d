import { isMissing, mergeFieldName, STANDARD_FIELDS } from '../../shared/domain/merge-field.ts'
import { audienceOf, type CampaignParts, type CampaignSubject, channelsOf } from './subject.ts'

/** How many recipients lack a value that the message uses. */
export interface MissingValues {
  /** Recipients that were looked at. */
  readonly recipients: number
  readonly fields: readonly { readonly field: string; readonly missing: number; readonly fallback: string }[]
}

/** The same over all channels of a campaign: of a field that several use the largest number, recipients of the channel with most. */
export async function missingInAny(
  parts: CampaignParts,
  subject: CampaignSubject,
  most: number,
): Promise<MissingValues> {
  const found: MissingValues[] = []
  for (const one of channelsOf(subject)) found.push(await missingValues(parts, one, most))
  const fields = new Map<string, MissingValues['fields'][number]>()
  for (const one of found.flatMap(each => each.fields)) {
    const known = fields.get(one.field)
    if (!known || known.missing < one.missing) fields.set(one.field, one)
  }
  return { recipients: Math.max(...found.map(one => one.recipients)), fields: [...fields.values()] }
}

const NOT_OF_CONTACTS: ReadonlySet<string> = new Set(
  STANDARD_FIELDS.filter(field => field.group !== 'contact').map(field => field.name),
)

/**
 * Counts missing values over the reachable audience, page by page, until at least `most` were looked at (100,000 take 1.3 s).
 * Fields that nobody lacks are listed with 0.
 */
export async function missingValues(
  parts: CampaignParts,
  subject: CampaignSubject,
  most: number,
): Promise<MissingValues> {
  const { segments, storage, templates } = parts
  const { content, fallbacks, category } = subject.draft
  if (!content || content.channel === 'social') return { recipients: 0, fields: [] }
  const used = templates.check(content, { category }).fields.filter(field => !NOT_OF_CONTACTS.has(field))
  const missing = new Map(used.map(field => [field, 0]))
  let recipients = 0
  for await (const page of audienceOf(segments, storage.reader, subject)) {
    const ids = page.filter(member => member.skip === null).map(member => member.contactId)
    recipients += ids.length
    if (used.length > 0 && ids.length > 0) {
      const values = await templates.mergeValues(storage.reader, ids, subject.settings)
      for (const own of values.values()) {
        for (const field of used) if (isMissing(own[field])) missing.set(field, (missing.get(field) ?? 0) + 1)
      }
    }
    if (recipients >= most) break
  }
  const standIn = new Map(Object.entries(fallbacks).map(([field, text]) => [mergeFieldName(field), text]))
  return {
    recipients,
    fields: [...missing].map(([field, count]) => ({ field, missing: count, fallback: standIn.get(field) ?? '' })),
  }
}
