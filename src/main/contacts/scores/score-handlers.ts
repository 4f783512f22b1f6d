import { AppError, notFound } from '../../../shared/contract/failure.ts'
import type { contract } from '../../../shared/contract/index.ts'
import { type ContactScores, EngagementWeights, type ScoreSettings } from '../../../shared/contract/scores.ts'
import { engagementScore, engagementTier } from '../../../shared/domain/engagement-score.ts'
import type { Accounts } from '../../accounts/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import type { Handlers } from '../../request.ts'
import { transaction } from '../../storage/transaction.ts'
import { projectionStore } from '../events/projection-store.ts'
import { weightRows } from './engagement-weights.ts'
import type { Figures } from './figures.ts'
import { figuresStore } from './figures-store.ts'
import { leadScoreStore } from './lead-score-store.ts'
import { loadScoreSettings, SWEPT, saveScoreSettings } from './score-settings.ts'
import { scoreStore } from './score-store.ts'
import { levelAfter } from './threshold-crossings.ts'

const What = EngagementWeights.keyof().exclude(['opensPerDay'])

/** Answers how contacts are scored, and what a score is made of. */
export function scoreHandlers(
  parts: DomainParts & { readonly accounts: Accounts; readonly figures: Figures },
): Handlers<(typeof contract)['scores']> {
  const { kernel, storage, accounts, figures } = parts

  async function scoresBy(contactId: string, settings: ScoreSettings): Promise<ContactScores> {
    const contact = await scoreStore.contact(storage.reader, contactId)
    if (!contact) throw notFound('contact', contactId)
    const now = kernel.clock.now()
    const weights = JSON.stringify(weightRows(settings.weights))
    const found = await scoreStore.parts(storage.reader, contact.no, weights, now)
    const score = engagementScore(found.reduce((sum, part) => sum + part.points, 0))
    const rules = settings.rules.filter(rule => rule.enabled)
    const points = await leadScoreStore.points(storage.reader, JSON.stringify([contact.no]), rules, now)
    const lead = Math.round(points.reduce((sum, part) => sum + part.points, 0))
    const thresholds = [...settings.thresholds].sort((a, b) => a.at - b.at)
    const { level } = levelAfter(
      contact.level,
      lead,
      thresholds.map(({ at }) => at),
    )
    return {
      engagement: {
        score,
        tier: engagementTier(score),
        lastAt: contact.lastAt,
        parts: found.map(part => ({ ...part, what: What.parse(part.what) })),
      },
      lead: {
        score: lead,
        level: thresholds[level - 1]?.name ?? null,
        parts: points.flatMap(part => {
          const rule = rules[part.rule]
          return rule ? [{ ruleId: rule.id, rule: rule.rule, points: part.points }] : []
        }),
      },
    }
  }

  async function current(): Promise<ScoreSettings> {
    const { version: _version, ...settings } = await loadScoreSettings(storage.reader, accounts)
    return settings
  }

  return {
    ofContact: async ({ contactId }) => scoresBy(contactId, await current()),
    preview: ({ contactId, settings }) => scoresBy(contactId, settings),
    settings: () => current(),

    async save(settings, { actor }) {
      requireDifferent(settings)
      await transaction(
        storage.db,
        async tx => {
          await saveScoreSettings(tx, accounts, settings, kernel.clock.now())
          await accounts.audit(tx, {
            actor: actor.id,
            action: 'scoring.changed',
            entity: 'settings',
            entityId: 'scoring',
            data: { rules: settings.rules.length, thresholds: settings.thresholds.length },
          })
        },
        { name: 'scores.save' },
      )
      figures.rescore()
      kernel.events.publish({ kind: 'changed', entity: 'score', ids: [] })
      return current()
    },

    async progress() {
      const { at, last } = await projectionStore.position(storage.reader)
      const waiting = await figuresStore.waiting(storage.reader)
      const { version } = await loadScoreSettings(storage.reader, accounts)
      const swept = Number((await accounts.setting(storage.reader, SWEPT)) ?? 0)
      return { waiting, upToDate: waiting === 0 && at >= last && swept >= version }
    },
  }
}

function requireDifferent(settings: ScoreSettings): void {
  if (new Set(settings.rules.map(({ id }) => id)).size < settings.rules.length) {
    throw new AppError('invalid_input', 'Two rules have the same id. Add the second one again.')
  }
  if (new Set(settings.thresholds.map(({ at }) => at)).size < settings.thresholds.length) {
    throw new AppError('invalid_input', 'Two thresholds have the same number of points. Change one of them.')
  }
}
