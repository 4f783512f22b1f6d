import { namesKnownField } from '../mapping/column-names.ts'

/**
 * The names of columns whose header takes one or more rows. Several rows are joined with a blank ("Work" above "Phone"); the
 * name of a group stands for the blank cells to its right. A group is left away where the lowest name says it all.
 */
export function headerNames(rows: readonly (readonly string[])[]): readonly string[] {
  const lowest = rows.at(-1) ?? []
  if (rows.length < 2) return lowest
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0)
  const groups = rows.slice(0, -1).map(row => filledToTheRight(row, width))
  const count = new Map<string, number>()
  for (const name of lowest) count.set(name.trim(), (count.get(name.trim()) ?? 0) + 1)
  return Array.from({ length: width }, (_, column) => {
    const name = lowest[column]?.trim() ?? ''
    const parts = [...groups.map(group => group[column] ?? ''), name].filter(part => part !== '')
    const joined = [...new Set(parts)].join(' ')
    if (namesKnownField(joined)) return joined
    return count.get(name) === 1 && namesKnownField(name) ? name : joined
  })
}

function filledToTheRight(row: readonly string[], width: number): string[] {
  let group = ''
  return Array.from({ length: width }, (_, column) => {
    group = row[column]?.trim() || group
    return group
  })
}
