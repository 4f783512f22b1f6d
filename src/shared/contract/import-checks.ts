import { z } from 'zod'
import { ContactId, Count } from './define.ts'

/** What can be done about a problem with one click. Nothing of it is done unless it was chosen. */
export const ImportFix = z.enum([
  'typo_domain',
  'repair_email',
  'take_misplaced_email',
  'name_case',
  'repair_mojibake',
  'drop_future_date',
  'swap_coordinates',
  'skip_role',
  'tag_role',
  'skip_disposable',
  'tag_disposable',
])
export type ImportFix = z.infer<typeof ImportFix>

/** Rows with the same trouble, counted over the inspected rows. */
export const ImportProblem = z.object({
  kind: z.enum([
    'no_address',
    'bad_email',
    'repairable_email',
    'misplaced_email',
    'cleaned_email',
    'bad_phone',
    'mangled_phone',
    'bad_date',
    'future_date',
    'bad_number',
    'swapped_coordinates',
    'typo_domain',
    'role_address',
    'disposable_address',
    'mojibake',
    'capitals',
    'extra_blanks',
    'too_long',
    'ragged_row',
    'repeated_in_file',
  ]),
  severity: z
    .enum(['rejects_row', 'drops_value', 'warning', 'corrected'])
    .describe('`corrected`: a fix that was chosen, or a cleaning that loses nothing, was applied to these rows'),
  title: z.string(),
  count: Count,
  fixes: z.array(ImportFix).describe('What can be done about it; empty when only the file can be corrected'),
  applied: ImportFix.nullable().describe('The fix that was chosen and did this'),
  parts: z
    .array(z.object({ value: z.string(), becomes: z.string(), count: Count }))
    .describe('Different values among these rows of which each can be chosen by itself, the most frequent first'),
  examples: z.array(
    z.object({
      line: Count,
      value: z.string(),
      becomes: z.string().describe('What a fix makes of it; empty when none does'),
    }),
  ),
})
export type ImportProblem = z.infer<typeof ImportProblem>

/** What becomes of the rows of a file, as the finished import will count them; the parts add up to the rows. */
export const ImportEstimate = z.object({
  created: Count,
  updated: Count,
  unchanged: Count,
  duplicates: Count,
  rejected: Count,
})
export type ImportEstimate = z.infer<typeof ImportEstimate>

/** How the file differs from the known contacts in one field. */
export const FieldDifference = z.object({
  field: z.string().describe('As a column target, such as city or custom:size'),
  missing: Count.describe('Known contacts that have no value where the file has one'),
  different: Count.describe('Known contacts that have another value than the file'),
  changes: Count.describe('Known contacts whose value will change under the chosen policy'),
})
export type FieldDifference = z.infer<typeof FieldDifference>

/** What an import would change about one known contact. */
export const ContactChange = z.object({
  line: Count,
  contactId: ContactId,
  name: z.string(),
  changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
})
export type ContactChange = z.infer<typeof ContactChange>

/** What a check of the rows found; nothing was written. Counts are over all rows when `complete`, else over the first ones. */
export const ImportFindings = z.object({
  rows: Count,
  complete: z.boolean(),
  estimate: ImportEstimate,
  problems: z.array(ImportProblem),
  differences: z.array(FieldDifference),
  preview: z.array(
    z.object({
      line: Count,
      cells: z.array(z.string()),
      contact: z.record(z.string(), z.string()).describe('Field name to the value that would be stored'),
      fault: z.string().describe('Why the row would be rejected; empty when it is fine'),
    }),
  ),
})
export type ImportFindings = z.infer<typeof ImportFindings>

/** How the dates of a file are understood. */
export const DateReading = z.object({
  detected: z.enum(['ymd', 'dmy', 'mdy']).nullable().describe('From dates that can be read one way only; else null'),
  ambiguous: z.string().describe('A date of the file that can be read in two ways while nothing tells; else empty'),
})
export type DateReading = z.infer<typeof DateReading>

/** The check of a whole large file, which runs on request. */
export const WholeCheck = z.object({
  id: z.string().min(1).max(64),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  fractionDone: z.number().min(0).max(1),
  rows: Count.describe('How many rows were checked so far'),
  secondsLeft: z.number().min(0).nullable(),
})
export type WholeCheck = z.infer<typeof WholeCheck>
