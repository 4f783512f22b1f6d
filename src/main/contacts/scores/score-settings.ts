import { z } from 'zod'
import { EngagementWeights, LeadRule, type ScoreRule, ScoreSettings } from '../../../shared/contract/scores.ts'
import type { Accounts } from '../../accounts/index.ts'
import type { Reader, Tx } from '../../storage/transaction.ts'
import { DEFAULT_WEIGHTS } from './engagement-weights.ts'
import { leadScoreStore } from './lead-score-store.ts'

const WEIGHTS = 'scoring.weights'
const THRESHOLDS = 'scoring.thresholds'
const VERSION = 'scoring.version'
/** Where it is kept by which version of the settings everybody was scored last. */
export const SWEPT = 'scoring.swept'
const Thresholds = ScoreSettings.shape.thresholds

/** The settings with a number that counts their changes. */
export interface StoredScoreSettings extends ScoreSettings {
  readonly version: number
}

/** How contacts are scored; the standard's weights, no rules and no thresholds unless somebody chose. */
export async function loadScoreSettings(reader: Reader, accounts: Accounts): Promise<StoredScoreSettings> {
  const weights = await accounts.setting(reader, WEIGHTS)
  const thresholds = await accounts.setting(reader, THRESHOLDS)
  const rows = await leadScoreStore.rules(reader)
  return {
    weights: weights === null ? DEFAULT_WEIGHTS : EngagementWeights.parse(JSON.parse(weights)),
    thresholds: thresholds === null ? [] : Thresholds.parse(JSON.parse(thresholds)),
    rules: rows.map(
      (row): ScoreRule => ({
        id: row.id,
        rule: LeadRule.parse(JSON.parse(row.rule)),
        points: row.points,
        enabled: row.enabled === 1,
      }),
    ),
    version: z.coerce.number().parse((await accounts.setting(reader, VERSION)) ?? 0),
  }
}

/** Keeps settings and counts the change; thresholds in ascending order. */
export async function saveScoreSettings(
  tx: Tx,
  accounts: Accounts,
  settings: ScoreSettings,
  now: number,
): Promise<void> {
  const before = await loadScoreSettings(tx, accounts)
  await accounts.setSetting(tx, WEIGHTS, JSON.stringify(settings.weights))
  const ascending = [...settings.thresholds].sort((a, b) => a.at - b.at)
  await accounts.setSetting(tx, THRESHOLDS, JSON.stringify(ascending))
  await leadScoreStore.replaceRules(tx, settings.rules, now)
  await accounts.setSetting(tx, VERSION, String(before.version + 1))
}
