import type { ImportOptions } from '../../../shared/contract/imports.ts'

/** Options without the values for all rows that were chosen but not filled in yet. */
export function withFilledConstants<T extends Partial<ImportOptions>>(options: T): T {
  if (options.constants === undefined) return options
  const filled = Object.entries(options.constants).filter(([, value]) => value.trim() !== '')
  return { ...options, constants: Object.fromEntries(filled) }
}
