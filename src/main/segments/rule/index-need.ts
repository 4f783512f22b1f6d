import { z } from 'zod'
import type { Leaf } from './ask.ts'

/** An index of contacts that would answer a question quickly. `of` is a column, or the key of a custom field. */
export const IndexNeed = z.object({
  kind: z.enum(['text', 'domain', 'number', 'day', 'month_day', 'instant', 'flag']),
  isCustom: z.boolean(),
  of: z.string().regex(/^[a-z][a-z0-9_]{0,58}$/),
})
export type IndexNeed = z.infer<typeof IndexNeed>

/** The index that a question wants; null where none helps, or one is there always. */
export function indexNeed(leaf: Leaf): IndexNeed | null {
  switch (leaf.kind) {
    case 'text': {
      if (leaf.test === 'contains' || leaf.test === 'ends_with') return null
      const { of } = leaf
      if (of.kind === 'custom') return { kind: 'text', isCustom: true, of: of.key }
      if (of.kind === 'domain') return { kind: 'domain', isCustom: false, of: 'email_key' }
      if (of.kind !== 'column' || of.column === 'email_key' || of.column === 'phone') return null
      return { kind: 'text', isCustom: false, of: of.column }
    }
    case 'number':
      return leaf.of.kind === 'custom'
        ? { kind: 'number', isCustom: true, of: leaf.of.key }
        : { kind: 'number', isCustom: false, of: leaf.of.column }
    case 'day':
    case 'month_day':
      if (leaf.kind === 'day' && leaf.from === null && leaf.to === null) return null
      return leaf.of.kind === 'custom'
        ? { kind: leaf.kind, isCustom: true, of: leaf.of.key }
        : { kind: leaf.kind, isCustom: false, of: 'birthday' }
    case 'instant':
      if (leaf.column === 'created_at' || (leaf.from === null && leaf.to === null)) return null
      return { kind: 'instant', isCustom: false, of: leaf.column }
    case 'flag':
      return { kind: 'flag', isCustom: true, of: leaf.key }
    default:
      return null
  }
}

/** What the index is called. */
export function indexName({ kind, isCustom, of }: IndexNeed): string {
  return `segment_${kind}_${isCustom ? 'custom_' : ''}${of}`
}
