import type { ProviderField } from '../../../shared/contract/senders.ts'

/** Something to be typed in. */
export function textField(name: string, label: string, hint: string): ProviderField {
  return { name, label, kind: 'text', hint, required: true, choices: [] }
}

/** Something to be typed in and never shown again; `name` is that of the secret. */
export function secretField(name: string, label: string, hint: string): ProviderField {
  return { name, label, kind: 'secret', hint, required: true, choices: [] }
}

/** One of a few. */
export function choiceField(
  name: string,
  label: string,
  hint: string,
  choices: readonly (readonly [value: string, label: string])[],
): ProviderField {
  return {
    name,
    label,
    kind: 'choice',
    hint,
    required: true,
    choices: choices.map(([value, text]) => ({ value, label: text })),
  }
}

/** Where requests go instead of the provider's own address. */
export const API_BASE_FIELD: ProviderField = {
  ...textField(
    'apiBase',
    'Address of the service',
    'Leave empty. Only for a proxy of your own that passes requests on.',
  ),
  required: false,
}
