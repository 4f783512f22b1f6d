import { createAsking } from './asking.ts'
import { createAudiences } from './audience/audiences.ts'
import { readRecipients } from './audience/recipients.ts'
import type { Segments } from './index.ts'
import { createIndexWork } from './index-job.ts'
import { libraryHandlers } from './library.ts'
import { createMemberships } from './memberships.ts'
import { personName, personStore } from './person-store.ts'
import { questionHandlers } from './questions.ts'
import type { SegmentParts } from './settings.ts'

/** The segments and audiences of one workspace. */
export function createSegments(parts: SegmentParts): Segments {
  const asking = createAsking(parts)
  const indexes = createIndexWork(parts, asking.forget)
  const audiences = createAudiences(parts, asking)
  const memberships = createMemberships(parts, asking, indexes)
  return {
    prepare: audiences.prepare,
    members: audiences.members,
    standing: audiences.standing,
    count: audiences.count,
    countChannels: audiences.countChannels,
    stop: memberships.stop,
    handlers: {
      ...libraryHandlers(parts, memberships),
      ...questionHandlers(parts, asking, indexes),
      ...memberships.handlers,
      ...audiences.handlers,
      async matchRecipients({ text }) {
        const { reader } = parts.storage
        const { country } = await parts.accounts.settings(reader)
        const { addresses, unreadable, repeated } = readRecipients(text, country)
        const keys = (channel: 'email' | 'sms'): readonly string[] =>
          addresses.filter(one => one.channel === channel).map(one => one.key)
        const known = {
          email: await personStore.byAddress(reader, 'email', keys('email')),
          sms: await personStore.byAddress(reader, 'sms', keys('sms')),
        }
        const found = new Map<string, { id: string; name: string; address: string }>()
        const unknown: { address: string; channel: 'email' | 'sms' }[] = []
        for (const { channel, address, key } of addresses) {
          const person = known[channel].get(key)
          if (person) found.set(person.id, { id: person.id, name: personName(person), address })
          else unknown.push({ address, channel })
        }
        return { found: [...found.values()], unknown, unreadable: unreadable.map(one => ({ ...one })), repeated }
      },
    },
  }
}
