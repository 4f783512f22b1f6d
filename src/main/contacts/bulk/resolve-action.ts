import type { BulkAction, BulkFields } from '../../../shared/contract/contact-bulk.ts'
import { AppError, notFound } from '../../../shared/contract/failure.ts'
import type { Accounts } from '../../accounts/index.ts'
import type { Ids } from '../../kernel/ids.ts'
import type { Tx } from '../../storage/transaction.ts'
import { EMPTY_CONTACT, normalValues, type ValueRules } from '../contact-values.ts'
import { nameKey } from '../import/engine/name-key.ts'
import { tagStore } from '../tag-store.ts'
import { valueRules } from '../value-rules.ts'
import { BULK_COLUMNS, type BulkStep } from './bulk-step.ts'
import { bulkStepStore } from './bulk-step-store.ts'

/** Turns what a person wants into a step: values in normal form, names as numbers, missing tags made. */
export async function resolveAction(
  tx: Tx,
  action: BulkAction,
  parts: { readonly accounts: Accounts; readonly ids: Ids },
): Promise<BulkStep> {
  switch (action.kind) {
    case 'set_fields': {
      return fieldsStep(action.fields, await valueRules(tx, parts.accounts))
    }
    case 'set_tags': {
      const { add, remove } = action
      if (add.length + remove.length === 0) throw new AppError('invalid_input', 'Choose a tag to add or to take away.')
      if ([...add, ...remove].some(name => name.trim() === ''))
        throw new AppError('invalid_input', 'A tag needs a name.')
      const made: string[] = []
      for (const name of add) made.push(await tagStore.ensure(tx, name, parts.ids.next()))
      return {
        kind: 'set_tags',
        add: [...(await bulkStepStore.tagNumbers(tx, 'id', made))],
        remove: [...(await bulkStepStore.tagNumbers(tx, 'name_key', remove.map(nameKey)))],
      }
    }
    case 'add_to_lists':
    case 'remove_from_lists': {
      const listNos = await bulkStepStore.listNumbers(tx, action.listIds)
      if (listNos.length < new Set(action.listIds).size) throw notFound('list', action.listIds.join(', '))
      return { kind: action.kind, listNos: [...listNos] }
    }
    case 'delete':
      return { kind: 'delete' }
  }
}

/** The columns and custom fields to set; fails with `invalid_input` when there is none, or when one does not fit. */
export function fieldsStep(fields: BulkFields, rules: ValueRules): BulkStep {
  const values = normalValues(EMPTY_CONTACT, fields, rules)
  const columns = Object.entries(BULK_COLUMNS).flatMap(([field, name]) =>
    isBulkField(field) && fields[field] !== undefined ? [{ name, value: values[field] }] : [],
  )
  const keys = Object.keys(fields.custom ?? {})
  if (columns.length + keys.length === 0) throw new AppError('invalid_input', 'Choose a field to change.')
  const patch = Object.fromEntries(keys.map(key => [key, values.custom[key] ?? null]))
  return { kind: 'set_fields', columns, customPatch: keys.length === 0 ? null : JSON.stringify(patch) }
}

function isBulkField(field: string): field is keyof typeof BULK_COLUMNS {
  return field in BULK_COLUMNS
}
