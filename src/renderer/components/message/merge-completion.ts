import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete'
import type { Extension } from '@codemirror/state'
import type { MergeField } from '../../../shared/contract/templates.ts'

/** What templates can use, as `templates.fields` answers. */
export interface Vocabulary {
  readonly fields: readonly MergeField[]
  readonly helpers: readonly { readonly name: string; readonly says: string; readonly example: string }[]
}

/** Offers merge fields and helpers as soon as braces are open. */
export function mergeCompletion(vocabulary: Vocabulary): Extension {
  return autocompletion({ override: [context => complete(context, vocabulary)], icons: false })
}

function complete(context: CompletionContext, { fields, helpers }: Vocabulary): CompletionResult | null {
  const open = context.matchBefore(/\{\{[#/^]?[\w. ]*/)
  if (!open) return null
  const word = context.matchBefore(/[\w.]*/)
  return {
    from: word?.from ?? context.pos,
    options: [
      ...fields.map(field => ({
        label: field.name,
        detail: field.label,
        info: field.example === '' ? field.label : `${field.label}: ${field.example}`,
        type: 'variable',
        boost: 1,
      })),
      ...helpers.map(helper => ({ label: helper.name, detail: helper.says, info: helper.example, type: 'function' })),
    ],
    validFor: /^[\w.]*$/,
  }
}
