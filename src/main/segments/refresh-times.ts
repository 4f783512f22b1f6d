import type { SegmentRefresh } from '../../shared/contract/segments.ts'
import { days, hours } from '../kernel/clock.ts'

/** When a segment is written down next; null for one that is only when asked. */
export function nextRefresh(refresh: SegmentRefresh, now: number): number | null {
  if (refresh === 'manual') return null
  return now + (refresh === 'hourly' ? hours(1) : days(1))
}
