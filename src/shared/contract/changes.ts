import { z } from 'zod'
import { ChangeId, ContactId, Count, command, Instant, JobId, Page, query } from './define.ts'

/** What a change to contacts was. */
export const ChangeKind = z.enum(['import', 'orders', 'edit', 'tags', 'lists', 'delete', 'merge'])
export type ChangeKind = z.infer<typeof ChangeKind>

/**
 * Where a change stands.
 *
 * | state     | what it means                                                       | undo          |
 * |-----------|---------------------------------------------------------------------|---------------|
 * | recording | it is still being made                                              | not yet       |
 * | done      | it was made, wholly or up to where it was stopped                   | yes           |
 * | undoing   | it is being taken back                                              | under way     |
 * | stopped   | taking it back was cancelled half-way                               | goes on       |
 * | undone    | it was taken back; `kept` contacts were left as they are            | only the kept |
 * | expired   | it is too long ago: what was there before is not remembered any more | no            |
 */
export const ChangeState = z.enum(['recording', 'done', 'undoing', 'stopped', 'undone', 'expired'])
export type ChangeState = z.infer<typeof ChangeState>

export const Change = z.object({
  id: ChangeId,
  kind: ChangeKind,
  title: z.string(),
  state: ChangeState,
  contacts: Count.describe('How many contacts it made, changed or deleted'),
  restored: Count.describe('How many of them are as before again'),
  kept: Count.describe('How many of them an undo left as they are'),
  canUndo: z.boolean(),
  jobId: JobId.nullable().describe('The undo that is under way'),
  fractionDone: z.number().min(0).max(1).describe('How much of the undo is done'),
  madeBy: z.string(),
  madeAt: Instant,
  undoneAt: Instant.nullable(),
})
export type Change = z.infer<typeof Change>

/**
 * Why an undo leaves a contact as she is. `changed`: somebody changed her since; `in_use`: she was new and has messages or
 * orders by now; `gone`: she was deleted since; `address_taken`: somebody else has her e-mail address by now.
 */
export const ConflictReason = z.enum(['changed', 'in_use', 'gone', 'address_taken'])
export type ConflictReason = z.infer<typeof ConflictReason>

export const ChangeConflict = z.object({
  contactId: ContactId.nullable().describe('Null when she is not there any more'),
  name: z.string(),
  reason: ConflictReason,
  changedAt: Instant.nullable(),
})
export type ChangeConflict = z.infer<typeof ChangeConflict>

export const changes = {
  list: query(
    'Changes to contacts that can or could be undone, newest first',
    Page,
    z.object({ rows: z.array(Change), total: Count }),
  ),
  get: query('One change, and how far its undo is', z.object({ id: ChangeId }), Change),
  conflicts: query(
    'Contacts that an undo would leave as they are, or left; contacts changed since come back only with keepChanged: false',
    z.object({ id: ChangeId, ...Page.shape }),
    z.object({ rows: z.array(ChangeConflict), total: Count }),
  ),
  undo: command(
    'Takes a change back in the background: every contact in it is as she was before',
    'contacts.edit',
    z.object({
      id: ChangeId,
      keepChanged: z
        .boolean()
        .default(true)
        .describe('Leave contacts as they are that were changed, written to or bought something since'),
    }),
    Change,
  ),
}
