import type { ProviderField } from '../../../shared/contract/senders.ts'

/** On or off. */
export function switchField(name: string, label: string, hint: string): ProviderField {
  return { name, label, kind: 'switch', hint, required: false, choices: [] }
}

/** A field that may be left empty. */
export function optional(field: ProviderField): ProviderField {
  return { ...field, required: false }
}
