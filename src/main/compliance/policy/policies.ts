import { z } from 'zod'
import { AppError } from '../../../shared/contract/failure.ts'
import type { contract } from '../../../shared/contract/index.ts'
import { OverridableRule, type Overrides, Policy, type PolicyView } from '../../../shared/contract/policy.ts'
import type { Accounts } from '../../accounts/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import type { Handlers } from '../../request.ts'
import { type Reader, transaction } from '../../storage/transaction.ts'
import { LEGAL_HOURS, LEGAL_HOURS_AS_OF, LEGAL_HOURS_SOURCE } from '../hours/legal-hours.ts'
import { brokenLaws, lockedRules, loosened } from './law.ts'

const POLICY_KEY = 'compliance.policy'
const overridesKey = (campaignId: string): string => `compliance.overrides.${campaignId}`

const Saved = z.object({ policy: Policy, savedBy: z.string(), savedAt: z.number(), reason: z.string() })
const SavedOverrides = z.object({
  rules: z.array(OverridableRule),
  reason: z.string(),
  by: z.string(),
  at: z.number(),
})

/** The rules as they are stored; null while nobody has changed them. */
async function saved(accounts: Pick<Accounts, 'setting'>, reader: Reader): Promise<z.infer<typeof Saved> | null> {
  const text = await accounts.setting(reader, POLICY_KEY)
  return text === null ? null : Saved.parse(JSON.parse(text))
}

/** The rules of the workspace about consent, hours and frequency; the defaults while nobody has changed them. */
export async function policyOf(accounts: Pick<Accounts, 'setting'>, reader: Reader): Promise<Policy> {
  return (await saved(accounts, reader))?.policy ?? Policy.parse({})
}

/** What was set aside for a campaign, with who did it and why; nothing for one without. */
export async function overridesOf(
  accounts: Pick<Accounts, 'setting'>,
  reader: Reader,
  campaignId: string,
): Promise<Overrides> {
  const text = await accounts.setting(reader, overridesKey(campaignId))
  return text === null ? { rules: [], reason: '', by: '', at: null } : SavedOverrides.parse(JSON.parse(text))
}

/** What the policies are made from. */
export interface PolicyParts extends Pick<DomainParts, 'kernel' | 'storage'> {
  readonly accounts: Accounts
  /** Told after a change was written: what was concluded from the rules before holds no longer. */
  onChanged(): void
}

/** The requests about the rules. Loosening needs a reason and stops where the law does; everything is on record. */
export function policyHandlers(parts: PolicyParts): Handlers<(typeof contract)['policy']> {
  const { kernel, storage, accounts } = parts

  const changed = (entity: 'settings' | 'campaign', ids: string[]): void => {
    parts.onChanged()
    kernel.events.publish({ kind: 'changed', entity, ids })
  }

  async function view(reader: Reader): Promise<PolicyView> {
    const known = await saved(accounts, reader)
    const { country } = await accounts.settings(reader)
    return {
      policy: known?.policy ?? Policy.parse({}),
      isDefault: known === null,
      savedBy: known === null ? '' : await accounts.memberName(reader, known.savedBy),
      savedAt: known?.savedAt ?? null,
      reason: known?.reason ?? '',
      legal: { asOf: LEGAL_HOURS_AS_OF, source: LEGAL_HOURS_SOURCE, rows: [...LEGAL_HOURS] },
      locked: [...lockedRules(country)],
    }
  }

  return {
    get: () => view(storage.reader),

    async save({ policy, reason }, { actor }) {
      await transaction(
        storage.db,
        async tx => {
          const { country } = await accounts.settings(tx)
          const [law] = brokenLaws(policy, country)
          if (law) throw new AppError('invalid_input', `This rule stays. ${law.why}`, { rule: law.rule })
          const looser = loosened(await policyOf(accounts, tx), policy)
          if (looser.length > 0 && reason.trim().length < 3) {
            throw new AppError('invalid_input', 'This lets more messages through than before. Write down why.', {
              rules: looser,
            })
          }
          const at = kernel.clock.now()
          await accounts.setSetting(
            tx,
            POLICY_KEY,
            JSON.stringify({ policy, savedBy: actor.id, savedAt: at, reason: reason.trim() }),
          )
          await accounts.audit(tx, {
            actor: actor.id,
            action: 'policy.saved',
            entity: 'settings',
            entityId: 'policy',
            data: { loosened: looser, reason: reason.trim(), policy },
          })
        },
        { name: 'policy.save' },
      )
      changed('settings', [])
      return view(storage.reader)
    },

    async overrides({ campaignId }) {
      const found = await overridesOf(accounts, storage.reader, campaignId)
      return { ...found, by: found.by === '' ? '' : await accounts.memberName(storage.reader, found.by) }
    },

    async override({ campaignId, rules, reason }, { actor }) {
      await transaction(
        storage.db,
        async tx => {
          const { country } = await accounts.settings(tx)
          const law = lockedRules(country).find(one => one.rule.endsWith('.consent'))
          if (rules.includes('consent') && law) throw new AppError('invalid_input', `Consent stays. ${law.why}`)
          const written = { rules: [...new Set(rules)], reason: reason.trim(), by: actor.id, at: kernel.clock.now() }
          await accounts.setSetting(tx, overridesKey(campaignId), JSON.stringify(written))
          await accounts.audit(tx, {
            actor: actor.id,
            action: 'policy.overridden',
            entity: 'campaign',
            entityId: campaignId,
            data: { rules: written.rules, reason: written.reason },
          })
        },
        { name: 'policy.override' },
      )
      changed('campaign', [campaignId])
      return { done: true }
    },
  }
}
