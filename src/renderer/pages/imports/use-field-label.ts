import { useTranslation } from 'react-i18next'
import type { ColumnMapping } from '../../../shared/contract/imports.ts'

/** What a field is called for a person: a contact's field by its name, a field of the workspace by its label. */
export function useFieldLabel(mapping: readonly ColumnMapping[]): (field: string) => string {
  const { t } = useTranslation()
  return field => {
    if (!field.includes(':')) return t(`imports.target_${field}`)
    const column = mapping.find(one => one.target === field)
    return column ? column.label || column.name : field.slice(field.indexOf(':') + 1)
  }
}
