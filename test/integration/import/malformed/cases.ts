import { DAMAGED_CASES } from './damaged-cases.ts'
import { ENCODING_CASES } from './encoding-cases.ts'
import type { MalformedCase, MalformedCases } from './malformed-case.ts'
import { OTHER_CASES } from './other-cases.ts'
import { SHAPE_CASES } from './shape-cases.ts'
import { TEXT_CASES } from './text-cases.ts'
import { VALUE_CASES } from './value-cases.ts'
import { WORKBOOK_CASES } from './workbook-cases.ts'

/** Every malformed file that is small enough to be checked in, by what is wrong with it. */
export const MALFORMED_CASES: MalformedCases = {
  ...ENCODING_CASES,
  ...TEXT_CASES,
  ...SHAPE_CASES,
  ...VALUE_CASES,
  ...OTHER_CASES,
  ...WORKBOOK_CASES,
  ...DAMAGED_CASES,
}

/** The name of the file of a case in test/fixtures/malformed. */
export function fileNameOf(title: string, { kind = 'csv' }: MalformedCase): string {
  const name = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return `${name}.${kind === 'other' ? 'bin' : kind}`
}
