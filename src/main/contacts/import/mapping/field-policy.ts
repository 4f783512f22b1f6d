import type { FieldPolicy, ImportOptions } from '../../../../shared/contract/imports.ts'

type PolicyOptions = Pick<ImportOptions, 'duplicates' | 'fieldPolicies'>

/**
 * What happens to one field of a contact who is known already. `target` is a column target such as `city`, `custom:size`
 * or `social:mastodon`; a full name follows the policies of `firstName` and `lastName`. With `make_new` nobody is known,
 * so nothing is kept back: the answer is `skip`.
 */
export function policyOf(target: string, { duplicates, fieldPolicies }: PolicyOptions): FieldPolicy {
  if (duplicates === 'make_new') return 'skip'
  return fieldPolicies[target] ?? duplicates
}

/** Whether an import may change contacts who are known already; when not, rows for them count as duplicates. */
export function changesKnown({ duplicates, fieldPolicies }: PolicyOptions): boolean {
  if (duplicates === 'make_new') return false
  return duplicates !== 'skip' || Object.values(fieldPolicies).some(policy => policy !== 'skip')
}
