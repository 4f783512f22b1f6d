import type { LeadRule } from '../../../shared/contract/scores.ts'
import type { Tx } from '../../storage/transaction.ts'
import { eventStore, type NewContactEvent } from '../events/event-store.ts'
import { projectionStore } from '../events/projection-store.ts'
import { figuresStore } from './figures-store.ts'
import { type LeadPoints, type LeadResult, type LeadState, leadScoreStore } from './lead-score-store.ts'
import type { StoredScoreSettings } from './score-settings.ts'
import { levelAfter } from './threshold-crossings.ts'

/** Computes the figures of contacts again from their rows: order totals, activity, engagement, lead score. */
export async function computeFigures(
  tx: Tx,
  nos: readonly number[],
  settings: StoredScoreSettings,
  now: number,
): Promise<void> {
  const json = JSON.stringify(nos)
  await figuresStore.totals(tx, json)
  await projectionStore.recount(tx, json)
  await figuresStore.engagement(tx, json, settings.weights)
  const rules = settings.rules.filter(rule => rule.enabled)
  const points = await leadScoreStore.points(tx, json, rules, now)
  const decaying = new Set(rules.flatMap(({ rule }, index) => (halves(rule) ? [index] : [])))
  const changes = leadChanges(await leadScoreStore.states(tx, json), points, { settings, decaying, now })
  await leadScoreStore.save(tx, changes.results, settings.version, now)
  await eventStore.add(tx, changes.events)
}

function halves(rule: LeadRule): boolean {
  return rule.kind === 'event' && rule.halfLifeDays !== null
}

/** What becomes of lead scores: new values, and the thresholds that were crossed as events. */
function leadChanges(
  states: readonly LeadState[],
  points: readonly LeadPoints[],
  by: { readonly settings: StoredScoreSettings; readonly decaying: ReadonlySet<number>; readonly now: number },
): { readonly results: readonly LeadResult[]; readonly events: readonly NewContactEvent[] } {
  const sums = new Map<number, { sum: number; decays: 0 | 1 }>()
  for (const { no, rule, points: given } of points) {
    const sum = sums.get(no) ?? { sum: 0, decays: 0 }
    sums.set(no, { sum: sum.sum + given, decays: by.decaying.has(rule) ? 1 : sum.decays })
  }
  const thresholds = by.settings.thresholds.map(({ at }) => at)
  const events: NewContactEvent[] = []
  const results = states.map(state => {
    const { sum, decays } = sums.get(state.no) ?? { sum: 0, decays: 0 }
    const score = Math.round(sum)
    const { level, crossings } = levelAfter(state.level, score, thresholds)
    for (const { index, direction } of crossings) {
      const threshold = by.settings.thresholds[index]
      if (!threshold) continue
      events.push({
        contactNo: state.no,
        kind: 'score_crossed',
        name: direction,
        at: by.now,
        properties: JSON.stringify({ threshold: threshold.name, at: threshold.at, score }),
        key: `score:${state.no}:${threshold.at}:${direction}:${by.now}`,
      })
    }
    return { no: state.no, revision: state.revision, score, level, decays }
  })
  return { results, events }
}
