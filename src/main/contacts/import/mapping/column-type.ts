import type { FieldType } from '../../../../shared/contract/imports.ts'
import { looksLikeBoolean, looksLikeDate, looksLikeNumber } from './cell-looks.ts'

// A choice has few values that come again and again.
const MOST_CHOICES = 12
// Some cells of a list hold one entry only.
const LISTS_AMONG = 0.3

/** The type that a new field for these values has; `text` where nothing else is certain. */
export function typeOf(values: readonly string[]): FieldType {
  if (values.length === 0) return 'text'
  const share = (looks: (cell: string) => boolean): number => values.filter(looks).length / values.length
  const distinct = new Set(values.map(value => value.trim())).size
  if (share(looksLikeBoolean) >= 0.98 && distinct <= 4) return 'boolean'
  if (share(looksLikeNumber) >= 0.98 && !values.some(losesAsNumber)) return 'number'
  if (share(looksLikeDate) >= 0.98) return 'date'
  if (values.length >= 5 && share(isList) >= LISTS_AMONG) return 'list'
  if (values.length >= 20 && distinct <= MOST_CHOICES && distinct <= values.length / 5) return 'choice'
  return 'text'
}

/** The values of a choice, the most frequent first. */
export function choicesOf(values: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value.replace(/\s+/g, ' ').slice(0, 100))
}

// Telephone numbers and codes with leading zeros are texts: as numbers they would lose something.
function losesAsNumber(cell: string): boolean {
  return /^[-+]?0\d/.test(cell.trim()) || /^\d{12,}$/.test(cell)
}

function isList(cell: string): boolean {
  return /^[^;|]{1,60}(?:[;|][^;|]{1,60})+[;|]?$/.test(cell) && !cell.includes('://')
}
