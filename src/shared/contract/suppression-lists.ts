import { z } from 'zod'
import { Count, command, Done, Download, FileToken, Instant, Line, Nothing, PersonChannel, query } from './define.ts'

const Reason = z.enum(['unsubscribe', 'manual', 'do_not_call', 'complaint'])

/** Where the addresses of a list come from: a file that was handed over, or a text that was pasted. */
export const ListSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string().max(2_000_000) }),
  z.object({ kind: z.literal('file'), token: FileToken }),
])
export type ListSource = z.infer<typeof ListSource>

/** What a list of addresses says. */
export const ListTerms = z.object({
  name: Line(100).min(1).describe('What the list is called, such as “National do-not-call list”'),
  reason: Reason,
  channels: z
    .array(PersonChannel)
    .min(1)
    .max(4)
    .describe('An e-mail address counts for e-mail, a number for the others that are named'),
  listDate: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .nullable()
    .default(null)
    .describe('The day on which the list was made'),
  validUntil: Instant.nullable()
    .default(null)
    .describe('From then on the list is stale; what is on it stays suppressed'),
  note: z.string().max(1000).default(''),
})
export type ListTerms = z.infer<typeof ListTerms>

export const SuppressionList = ListTerms.extend({
  id: z.string(),
  fileName: z.string(),
  state: z.enum(['running', 'done', 'failed', 'undone']),
  rows: Count.describe('Lines with something on them'),
  added: Count.describe('Suppressions that are new'),
  known: Count.describe('That were there already'),
  rejected: Count.describe('Lines without an address that counts for the channels'),
  isStale: z.boolean(),
  createdBy: z.string(),
  createdAt: Instant,
})
export type SuppressionList = z.infer<typeof SuppressionList>

export const suppressionLists = {
  preview: query(
    'What a list holds, by its first lines',
    z.object({ source: ListSource, channels: z.array(PersonChannel).min(1).max(4) }),
    z.object({
      lines: z.array(z.object({ line: Count, text: z.string(), address: z.string().nullable() })),
      readable: Count.describe('Of the lines shown'),
      more: z.boolean(),
    }),
  ),
  add: command(
    'Suppresses every address of a list, in the background; what is suppressed already stays as it is',
    'compliance.manage',
    z.object({ source: ListSource, terms: ListTerms }),
    SuppressionList,
  ),
  all: query(
    'The lists that suppressions came in by, newest first',
    Nothing,
    z.object({ lists: z.array(SuppressionList) }),
  ),
  undo: command(
    'Takes back what a list added; suppressions from elsewhere stay',
    'compliance.manage',
    z.object({ id: z.string(), reason: z.string().min(3).max(1000) }),
    Done,
  ),
  export: command(
    'Writes every suppression with reason and source to a CSV file',
    'contacts.export',
    z.object({ safeForSpreadsheets: z.boolean().default(true) }),
    Download,
  ),
}
