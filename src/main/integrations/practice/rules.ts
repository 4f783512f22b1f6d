import { z } from 'zod'
import { PracticeBehaviour } from '../../../shared/contract/practice.ts'
import type { Accounts } from '../../accounts/index.ts'
import type { Storage } from '../../storage/database.ts'
import { transaction } from '../../storage/transaction.ts'
import type { BehaviourRules } from './behaviour.ts'
import { practiceStore } from './practice-store.ts'

/** The rules of the practice mailbox: on disk, and at hand for every recipient. */
export interface Rules {
  current(): BehaviourRules
  load(): Promise<void>
  setRule(addressKey: string, behaviour: PracticeBehaviour | null): Promise<void>
  setFallback(behaviour: PracticeBehaviour, lively: boolean): Promise<void>
}

const SETTING = 'practice.fallback'
const Fallback = z.object({ behaviour: PracticeBehaviour, lively: z.boolean() })
// A first campaign should have figures to look at.
const AT_FIRST = { behaviour: 'deliver', lively: true } as const

/** The rules of a workspace. Until they are loaded, those of a new workspace hold. */
export function createRules(storage: Storage, accounts: Accounts): Rules {
  let rules: BehaviourRules = { fallback: AT_FIRST.behaviour, lively: AT_FIRST.lively, rules: new Map() }

  async function load(): Promise<void> {
    const [stored, text] = await Promise.all([
      practiceStore.rules(storage.reader),
      accounts.setting(storage.reader, SETTING),
    ])
    const { behaviour, lively } = text === null ? AT_FIRST : Fallback.parse(JSON.parse(text))
    rules = { fallback: behaviour, lively, rules: new Map(stored.map(rule => [rule.address, rule.behaviour])) }
  }

  return {
    current: () => rules,
    load,
    async setRule(addressKey, behaviour) {
      await transaction(storage.db, tx => practiceStore.setRule(tx, addressKey, behaviour), { name: 'practice.rule' })
      await load()
    },
    async setFallback(behaviour, lively) {
      const value = JSON.stringify({ behaviour, lively })
      await transaction(storage.db, tx => accounts.setSetting(tx, SETTING, value), { name: 'practice.fallback' })
      await load()
    },
  }
}
