import type { AppEvent } from '../../../../shared/contract/events.ts'
import type { EventBus } from '../../../kernel/event-bus.ts'
import type { FileFindings } from '../thread/import-reader.ts'

/** What the last inspections found, so that pages of changes and a finished check need no second reading. */
export interface FindingsMemory {
  get(key: string): FileFindings | null
  set(key: string, findings: FileFindings): void
}

const FINDINGS_KEPT = 4

/** A memory of a few inspections; forgotten when contacts change, because the counts compare with them. */
export function createFindingsMemory(events: Pick<EventBus<AppEvent>, 'subscribe'>): FindingsMemory {
  const kept = new Map<string, FileFindings>()
  events.subscribe(event => {
    if (event.kind === 'changed' && event.entity === 'contact') kept.clear()
  })
  return {
    get: key => kept.get(key) ?? null,
    set(key, findings) {
      // Findings over the first rows never take the place of those over all of them.
      if (kept.get(key)?.complete === true && !findings.complete) return
      kept.delete(key)
      kept.set(key, findings)
      for (const old of [...kept.keys()].slice(0, -FINDINGS_KEPT)) kept.delete(old)
    },
  }
}
