import type { TimelineEntry, TimelineRequest } from '../../../shared/contract/contacts.ts'
import { notFound } from '../../../shared/contract/failure.ts'
import type { Reader } from '../../storage/transaction.ts'
import { type Reach, timelineStore, type Whose } from './timeline-store.ts'
import { words } from './timeline-words.ts'

/** Where a page of a timeline begins: at an instant, behind so many lines of that instant. */
export interface TimelinePlace {
  readonly at: number
  readonly skip: number
}

interface Source {
  readonly group: TimelineEntry['group']
  readonly read: (reader: Reader, whose: Whose, reach: Reach) => Promise<readonly TimelineEntry[]>
}

function source<R>(
  group: TimelineEntry['group'],
  read: (reader: Reader, whose: Whose, reach: Reach) => Promise<readonly R[]>,
  say: (row: R) => TimelineEntry,
): Source {
  return { group, read: async (reader, whose, reach) => (await read(reader, whose, reach)).map(say) }
}

// In the order of cause and effect: of two lines at the same instant, the later source is the effect and stands above.
const SOURCES: readonly Source[] = [
  {
    group: 'profile',
    read: async (_reader, whose, { upTo }) =>
      whose.createdAt <= upTo ? [words.created({ at: whose.createdAt, source: whose.source })] : [],
  },
  source('profile', timelineStore.edits, words.edit),
  source('lists', timelineStore.tagging, words.edit),
  source('notes', timelineStore.notes, words.note),
  source('consent', timelineStore.consents, words.consent),
  source('consent', timelineStore.suppressions, words.suppression),
  source('lists', timelineStore.memberships, words.membership),
  source('lists', timelineStore.moves, words.move),
  source('purchases', timelineStore.orders, words.order),
  source('profile', timelineStore.events, words.event),
  source('messages', timelineStore.planned, words.planned),
  source('messages', timelineStore.ledger, words.ledger),
]

/** A page of what happened to a contact, newest first, to any depth; fails with `not_found`. */
export async function contactTimeline(
  reader: Reader,
  { id, groups, limit, after }: TimelineRequest,
): Promise<{ entries: TimelineEntry[]; next: TimelinePlace | null }> {
  const whose = await timelineStore.whose(reader, id)
  if (!whose) throw notFound('contact', id)
  const place = after ?? { at: Number.MAX_SAFE_INTEGER, skip: 0 }
  const reach = { upTo: place.at, limit: limit + place.skip + 1 }
  const wanted = SOURCES.filter(({ group }) => groups.length === 0 || groups.includes(group))
  return pageOf(await Promise.all(wanted.map(one => one.read(reader, whose, reach))), place, limit)
}

/** Puts the lines of the sources (each newest first) together, behind a place. */
export function pageOf(
  sources: readonly (readonly TimelineEntry[])[],
  place: TimelinePlace,
  limit: number,
): { entries: TimelineEntry[]; next: TimelinePlace | null } {
  const all = sources
    .toReversed()
    .flat()
    .sort((a, b) => b.at - a.at)
  const entries = all.slice(place.skip, place.skip + limit)
  const last = entries.at(-1)
  if (!last || all.length <= place.skip + limit) return { entries, next: null }
  const sameBefore = last.at === place.at ? place.skip : 0
  return { entries, next: { at: last.at, skip: sameBefore + entries.filter(({ at }) => at === last.at).length } }
}
