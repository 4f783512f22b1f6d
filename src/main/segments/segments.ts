import type { AudienceCount, AudienceMember, Segments } from './index.ts'
import { type CountRow, segmentStore } from './segment-store.ts'

/** Audiences of a workspace. They hold no state of their own. */
export function createSegments(): Segments {
  return {
    async members(reader, channel, audience, afterContactId, limit) {
      const found: AudienceMember[] = []
      let after = afterContactId
      // A page of candidates shrinks when exclusions are taken out, so further pages are read until it is full again.
      while (found.length < limit) {
        const ids = await segmentStore.candidates(reader, audience, after, limit - found.length)
        const last = ids.at(-1)
        if (last === undefined) break
        found.push(...(await segmentStore.members(reader, channel, audience, ids)))
        after = last
      }
      return found
    },
    count: async (reader, channel, audience) => summarise(await segmentStore.count(reader, channel, audience)),
  }
}

function summarise(rows: readonly CountRow[]): AudienceCount {
  const excluded = rows.find(row => row.skip === 'excluded')?.people ?? 0
  const reachable = rows.find(row => row.skip === null)
  const reached = reachable?.addresses ?? 0
  const fallsOut: { reason: NonNullable<AudienceMember['skip']>; count: number }[] = []
  for (const { skip, people } of rows) {
    if (skip !== null && skip !== 'excluded') fallsOut.push({ reason: skip, count: people })
  }
  const repeated = (reachable?.people ?? 0) - reached
  if (repeated > 0) fallsOut.push({ reason: 'duplicate_address', count: repeated })
  fallsOut.sort((a, b) => b.count - a.count || a.reason.localeCompare(b.reason))
  return { audience: rows.reduce((sum, row) => sum + row.people, 0) - excluded, excluded, reached, fallsOut }
}
