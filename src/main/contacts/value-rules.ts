import type { Accounts } from '../accounts/index.ts'
import type { Reader } from '../storage/transaction.ts'
import { contactStore } from './contact-store.ts'
import type { ValueRules } from './contact-values.ts'

/** What this workspace reads the values of contacts by. */
export async function valueRules(reader: Reader, accounts: Accounts): Promise<ValueRules> {
  const { country } = await accounts.settings(reader)
  const [customFields, owners] = [await contactStore.customFields(reader), await contactStore.owners(reader)]
  return { country, customFields, owners: new Set(owners) }
}
