import type { ContactFields } from '../../shared/contract/contacts.ts'
import { AppError } from '../../shared/contract/failure.ts'
import type { FieldType } from '../../shared/contract/imports.ts'

/** A field that this workspace added to contacts. */
export interface CustomField {
  readonly key: string
  readonly label: string
  readonly type: FieldType
}

type CustomValue = ContactFields['custom'][string]

/** The value as its field stores it; null when it is empty. Fails with `invalid_input` when it does not fit the type. */
export function normalCustomValue(field: CustomField, raw: CustomValue): CustomValue {
  const value = typeof raw === 'string' ? raw.trim() : raw
  if (value === null || value === '') return null
  switch (field.type) {
    case 'number': {
      const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : Number.NaN
      if (Number.isFinite(number)) return number
      throw unfit(field, 'a number, such as 12.5')
    }
    case 'boolean':
      if (typeof value === 'boolean') return value
      if (value === 1 || /^(true|yes|1)$/i.test(String(value))) return true
      if (value === 0 || /^(false|no|0)$/i.test(String(value))) return false
      throw unfit(field, 'yes or no')
    case 'date':
      if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value)))
        return value
      throw unfit(field, 'a date, such as 2026-04-23')
    case 'text':
    case 'choice':
    case 'list':
      return String(value)
  }
}

function unfit(field: CustomField, expected: string): AppError {
  return new AppError('invalid_input', `${field.label} must be ${expected}.`, { field: `custom.${field.key}` })
}
