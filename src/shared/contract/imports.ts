import { z } from 'zod'
import {
  ChangeId,
  Count,
  command,
  Done,
  Download,
  FileToken,
  ImportId,
  Instant,
  JobId,
  Line,
  Nothing,
  Page,
  query,
} from './define.ts'
import { ContactChange, DateReading, ImportFindings, ImportFix, WholeCheck } from './import-checks.ts'
import { FileReading, ReadingCorrections, SheetSize } from './import-reading.ts'

export { FileReading, ReadingCorrections }

/** What a column can become. `custom:KEY` is a custom field, `external:SOURCE` an id in another system. */
export const ContactTarget = z.enum([
  'firstName',
  'lastName',
  'fullName',
  'company',
  'email',
  'phone',
  'street',
  'city',
  'region',
  'postalCode',
  'country',
  'latitude',
  'longitude',
  'timeZone',
  'language',
  'birthday',
  'leadStatus',
  'leadQuality',
  'tags',
  'note',
  'ignore',
])
export type ContactTarget = z.infer<typeof ContactTarget>

export const ColumnTarget = z.union([
  ContactTarget,
  z.string().regex(/^custom:[a-z][a-z0-9_]{0,58}$/),
  z.string().regex(/^external:[A-Za-z0-9 _.-]{1,40}$/),
  z.string().regex(/^social:[a-z]{2,20}$/),
])
export type ColumnTarget = z.infer<typeof ColumnTarget>

export const FieldType = z.enum(['text', 'number', 'date', 'boolean', 'choice', 'list'])
export type FieldType = z.infer<typeof FieldType>

/** One column of the file and what becomes of it. */
export const ColumnMapping = z.object({
  column: Count.describe('Position in the file, from 0'),
  name: z.string().max(300),
  target: ColumnTarget,
  /** For a custom field that does not exist yet. */
  label: Line(100).default(''),
  type: FieldType.default('text'),
  /** The values that a new field of type choice offers. */
  choices: z.array(Line(100)).max(200).optional(),
})
export type ColumnMapping = z.infer<typeof ColumnMapping>

/** What to do with a row whose address is known already. */
export const DuplicatePolicy = z.enum(['skip', 'fill_blanks', 'overwrite', 'make_new'])
export type DuplicatePolicy = z.infer<typeof DuplicatePolicy>

/** What to do with one field of a contact who is known already: keep it, fill it when it is blank, or replace it. */
export const FieldPolicy = z.enum(['skip', 'fill_blanks', 'overwrite'])
export type FieldPolicy = z.infer<typeof FieldPolicy>

const optionFields = {
  duplicates: DuplicatePolicy,
  listName: Line(100).describe('Put everybody on this list; made when missing'),
  tags: z.array(Line(60)).max(20),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .describe('Region of phone numbers without a country code'),
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']).describe('How dates such as 03/04/05 are read'),
  decimal: z.enum(['any', 'point', 'comma']).describe('What 1.234 is: `any` judges each number by its own form'),
  fieldPolicies: z
    .partialRecord(ColumnTarget, FieldPolicy)
    .describe('Fields that do not follow `duplicates`; without meaning for make_new'),
  constants: z
    .record(z.string().regex(/^[a-zA-Z]{1,30}$/), Line(300))
    .describe('Values for rows that bring none, by target: country, city, language, leadStatus …; or source'),
  fixes: z.array(ImportFix).max(20).describe('The corrections that were chosen'),
  keptDomains: z
    .array(z.string().max(253))
    .max(200)
    .describe('Domains that look mistyped and are right; the fix typo_domain leaves them'),
  asOf: z
    .string()
    .regex(/^(?:\d{4}-\d{2}-\d{2})?$/)
    .describe('The day on which dates are in the future or not; empty when nobody asks'),
}

export const ImportOptions = z.object({
  ...optionFields,
  duplicates: optionFields.duplicates.default('fill_blanks'),
  listName: optionFields.listName.default(''),
  tags: optionFields.tags.default([]),
  dateOrder: optionFields.dateOrder.default('ymd'),
  decimal: optionFields.decimal.default('any'),
  fieldPolicies: optionFields.fieldPolicies.default({}),
  constants: optionFields.constants.default({}),
  fixes: optionFields.fixes.default([]),
  keptDomains: optionFields.keptDomains.default([]),
  asOf: optionFields.asOf.default(''),
})
/** Options that a person chose so far. Without defaults: what is absent is detected. */
export const ImportChoices = z.object(optionFields).partial()
export type ImportOptions = z.infer<typeof ImportOptions>

export const ImportColumn = z.object({
  column: Count,
  name: z.string(),
  samples: z.array(z.string()),
  filled: Count.describe('How many of the inspected rows have a value'),
  suggestion: ColumnTarget,
  why: z.string().describe('Why this is suggested, for a person'),
  type: FieldType,
  choices: z.array(z.string()).describe('The values of a column that holds few different ones; else none'),
})
export type ImportColumn = z.infer<typeof ImportColumn>

/** What the application sees in a file before anything is written. */
export const Inspection = z.object({
  ...ImportFindings.shape,
  token: FileToken,
  fileName: z.string(),
  bytes: Count,
  reading: FileReading,
  readingWhy: z.string(),
  sheets: z.array(SheetSize).describe('The sheets of a workbook; none for other files'),
  columns: z.array(ImportColumn),
  mapping: z.array(ColumnMapping),
  mappingKnown: z.boolean().describe('The mapping was used before for a file with these columns'),
  options: ImportOptions,
  dates: DateReading,
})
export type Inspection = z.infer<typeof Inspection>

export const ImportRun = z.object({
  id: ImportId,
  jobId: JobId.nullable(),
  fileName: z.string(),
  state: z.enum(['waiting', 'running', 'paused', 'done', 'failed', 'cancelled', 'undone']),
  stage: z
    .enum(['waiting', 'reading', 'merging', 'finishing', 'over'])
    .describe('What it does now, or would go on with when it is paused'),
  rows: Count,
  created: Count,
  updated: Count,
  unchanged: Count,
  duplicates: Count,
  rejected: Count,
  fractionDone: z.number().min(0).max(1),
  rowsPerSecond: z.number().min(0),
  secondsLeft: z.number().min(0).nullable(),
  error: z.string().nullable(),
  listName: z.string(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  changeId: ChangeId.nullable().describe(
    'What it changed, to be looked at with changes.*; null when it changed nobody',
  ),
  canUndo: z.boolean(),
})
export type ImportRun = z.infer<typeof ImportRun>

/** A file, and what a person corrected about how it is read, mapped and stored. */
export const InspectionRequest = z.object({
  token: FileToken,
  reading: ReadingCorrections.optional().describe('What the person corrected'),
  mapping: z.array(ColumnMapping).max(500).optional(),
  options: ImportChoices.optional(),
})
export type InspectionRequest = z.infer<typeof InspectionRequest>

export const imports = {
  inspect: query(
    'Detects how a file is to be read and mapped, and shows what would be stored',
    InspectionRequest,
    Inspection,
  ),
  changes: query(
    'What an import would change about known contacts: old and new, in the order of the file',
    InspectionRequest.extend(Page.shape),
    z.object({
      rows: z.array(ContactChange),
      total: Count.describe('How many contacts would change'),
      kept: Count.describe('How many of them can be paged through; the first ones'),
    }),
  ),
  checkWhole: command(
    'Checks every row of a large file in the background; writes nothing. The next inspection shows what it found',
    'contacts.import',
    InspectionRequest,
    WholeCheck,
  ),
  wholeCheck: query('How far the check of a whole file is', z.object({ id: WholeCheck.shape.id }), WholeCheck),
  stopCheck: command('Stops the check of a file', 'contacts.import', z.object({ id: WholeCheck.shape.id }), WholeCheck),
  start: command(
    'Imports a file in the background',
    'contacts.import',
    z.object({
      token: FileToken,
      reading: FileReading,
      mapping: z.array(ColumnMapping).min(1).max(500),
      options: ImportOptions,
    }),
    ImportRun,
  ),
  get: query('One import with its progress', z.object({ id: ImportId }), ImportRun),
  list: query('Imports, newest first', Page, z.object({ rows: z.array(ImportRun), total: Count })),
  pause: command(
    'Lets an import rest until it is resumed, also when the application is closed in between',
    'contacts.import',
    z.object({ id: ImportId }),
    ImportRun,
  ),
  resume: command(
    'Goes on with a paused import where it was',
    'contacts.import',
    z.object({ id: ImportId }),
    ImportRun,
  ),
  cancel: command(
    'Stops an import for good; rows that are in stay in and can be undone',
    'contacts.import',
    z.object({ id: ImportId }),
    ImportRun,
  ),
  undo: command(
    'Takes an import back that is over: every contact in it is as she was before',
    'contacts.import',
    z.object({
      id: ImportId,
      keepChanged: z
        .boolean()
        .default(true)
        .describe('Leave contacts as they are that were changed, written to or bought something since'),
    }),
    ImportRun,
  ),
  rejects: query(
    'Rejected rows with line, field and reason',
    z.object({ id: ImportId, ...Page.shape }),
    z.object({
      header: z.array(z.string()),
      rows: z.array(z.object({ line: Count, field: z.string(), reason: z.string(), cells: z.array(z.string()) })),
      total: Count,
    }),
  ),
  rejectsFile: command(
    'Writes the rejected rows with their reasons to a CSV file',
    'contacts.import',
    z.object({ id: ImportId }),
    Download,
  ),
}

export const Job = z.object({
  id: JobId,
  kind: z.string(),
  title: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'dead', 'cancelled']),
  dueAt: Instant,
  attempts: Count,
  done: Count,
  total: Count.nullable(),
  reason: z.string().nullable(),
  createdAt: Instant,
  endedAt: Instant.nullable(),
  canCancel: z.boolean(),
  link: z.string().nullable(),
})
export type Job = z.infer<typeof Job>

export const activity = {
  jobs: query('Background work, newest first', Page, z.object({ rows: z.array(Job), total: Count })),
  cancel: command('Cancels background work', null, z.object({ id: JobId }), Done),
  audit: query(
    'Who did what, newest first',
    Page,
    z.object({
      rows: z.array(
        z.object({
          seq: Count,
          at: Instant,
          actor: z.string(),
          action: z.string(),
          entity: z.string(),
          entityId: z.string(),
          detail: z.string(),
        }),
      ),
      total: Count,
    }),
  ),
  running: query('How much background work is under way', Nothing, z.object({ running: Count, sending: Count })),
}
