import type { ColumnMapping, ImportOptions } from '../../../../shared/contract/imports.ts'

/** The targets that rows can have values for: those of the columns, and the constants that stand in for missing ones. */
export function filledTargets(
  mapping: readonly ColumnMapping[],
  { constants, fixes }: Pick<ImportOptions, 'constants' | 'fixes'>,
): ReadonlySet<string> {
  const targets = new Set([...mapping.map(({ target }) => target), ...Object.keys(constants)])
  targets.delete('ignore')
  // A source describes the import and is no field of a row.
  targets.delete('source')
  if (fixes.includes('tag_role') || fixes.includes('tag_disposable')) targets.add('tags')
  return targets
}
