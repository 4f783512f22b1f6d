import { STANDARD_FIELDS, standardName } from '../../../shared/domain/merge-field.ts'

/** A source with an example in place of each field: near enough to measure a length by while typing. */
export function withExamples(source: string): string {
  const examples = new Map(STANDARD_FIELDS.map(field => [field.name, field.example]))
  return source.replace(/\{\{\{?([^{}]*)\}\}\}?/g, (_whole, within: string) => {
    const inside = within.trim()
    if (/^[#/^!]|^else\b/.test(inside)) return ''
    const name = inside.split(/\s+/).find(word => standardName(word) !== null)
    return name === undefined ? 'example' : (examples.get(standardName(name) ?? '') ?? 'example')
  })
}

/** Line and column, from 1, of a place in a source; before its beginning means the beginning. */
export function placeIn(source: string, index: number): { readonly line: number; readonly column: number } {
  const before = source.slice(0, Math.max(0, index))
  const line = before.split('\n').length
  return { line, column: before.length - (before.lastIndexOf('\n') + 1) + 1 }
}
