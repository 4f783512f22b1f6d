import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { AudienceMember } from '../segments/index.ts'
import { type CampaignSubject, channelsOf } from './subject.ts'

/** SHA-256 of each part of what is sent and to whom, in hexadecimal: an approval is bound to all four (product.md G3). */
export const Fingerprint = z.object({
  content: z.string(),
  audience: z.string(),
  sender: z.string(),
  schedule: z.string(),
})
export type Fingerprint = z.infer<typeof Fingerprint>

/** What differs between two fingerprints, in words for people; empty when nothing does. */
export function changedParts(before: Fingerprint, after: Fingerprint): readonly string[] {
  const parts = ['content', 'audience', 'sender', 'schedule'] as const
  const words = { content: 'the message', audience: 'the audience', sender: 'the sender', schedule: 'the schedule' }
  return parts.filter(part => before[part] !== after[part]).map(part => words[part])
}

/** The fingerprint of a campaign. Members are the whole audience of each channel in order of contact id, reachable or not. */
export async function fingerprintOf(
  subject: CampaignSubject,
  members: AsyncIterable<readonly AudienceMember[]>,
): Promise<Fingerprint> {
  const { draft } = subject
  const channels = channelsOf(subject)
  const audience = createHash('sha256')
  for await (const page of members) {
    // Who is reachable is left out: an unsubscribe between approval and sending must not void the approval.
    for (const member of page) audience.update(`${member.contactId}\t${member.address}\n`)
  }
  return {
    content: hash([
      ...[subject.name, draft.category, sorted(draft.fallbacks)],
      ...channels.map(one => [one.draft.channel, one.draft.content]),
    ]),
    audience: audience.digest('hex'),
    sender: hash([
      ...channels.map(one => [one.account?.id ?? null, one.account?.fromAddress ?? '', one.fromName, one.replyTo]),
      subject.destinations.map(one => one.id),
    ]),
    schedule: hash([
      ...[draft.schedule, draft.ratePerSecond, draft.mode, draft.priority, draft.validHours, draft.window],
      channels.map(one => one.draft.timeoutMinutes),
    ]),
  }
}

function sorted(record: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
