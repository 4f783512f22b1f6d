import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../storage/transaction.ts'
import { journalStore } from '../../changes/journal-store.ts'
import { attachStore } from './attach-store.ts'
import { unfilledColumns } from './merge-columns.ts'
import type { MergeResult, MergeStep } from './merge-step.ts'
import { after, changing, differs, lacksAddress } from './merge-values-store.ts'
import { recogniseStore, type StepShape } from './recognise-store.ts'
import { stagedRows, touchedStore } from './touched-store.ts'

/** The SQL that turns staged rows into contacts, a few thousand at a time, in the order of their keys. */
export const mergeStore = {
  /** Merges the next rows; all of it belongs to the caller's transaction. */
  async step(tx: Tx, step: MergeStep): Promise<MergeResult> {
    const lastNo = await lastContactNo(tx)
    const shape = await recogniseStore.take(tx, step, lastNo)
    if (shape.rows === 0) throw new Error('A merge step has no rows')
    const { created, known, most } = shape
    if (known > 0) await touchedStore.find(tx, step, lastNo)
    const touched = known > 0 ? await touchedStore.aspects(tx) : []
    for (const aspect of touched) await journalStore.before(tx, step.changeNo, touchedStore.contacts(aspect), [aspect])
    if (created > 0) await insertNew(tx, step)
    const changes = touched.includes('fields') || (most > 1 && step.plan.changesKnown)
    const updated = changes ? await update(tx, step, lastNo, shape) : 0
    await attachStore.add(tx, step)
    await attachStore.countRevisions(tx, touched)
    if (created > 0) {
      await journalStore.created(tx, step.changeNo, sql`select contact_no as no from temp.import_step where is_new = 1`)
    }
    if (touched.length > 0) await journalStore.after(tx, step.changeNo, touchedStore.contacts(null))
    return resultOf(step, shape, updated)
  },

  /** The number of the contact that came last. */
  lastContactNo,
}

async function lastContactNo(tx: Tx): Promise<number> {
  const { rows } = await sql<{ seq: number }>`select seq from sqlite_sequence where name = 'contacts'`.execute(tx)
  return rows[0]?.seq ?? 0
}

async function insertNew(tx: Tx, step: MergeStep): Promise<void> {
  const { plan } = step
  const empty = { text: sql`''`, value: sql`null`, object: sql`'{}'` }
  const names = [...plan.columns, ...unfilledColumns(plan)].map(({ name }) => sql.ref(name))
  const values = [
    ...plan.columns.map(({ name, kind }) =>
      kind === 'value' ? sql.ref(`r.${name}`) : sql`coalesce(${sql.ref(`r.${name}`)}, ${empty[kind]})`,
    ),
    ...unfilledColumns(plan).map(({ kind }) => empty[kind]),
  ]
  const email = plan.hasEmail ? sql`coalesce(r.email, r.email_key), r.email_key` : sql`null, null`
  await sql`insert into contacts (no, id, revision, email, email_key, twin, source, lead_score, created_at, updated_at,
      last_activity_at, ${sql.join(names)})
    select s.contact_no, ${step.idPrefix} || printf('%08x', ${step.idStart - step.after} + s.pos), 1, ${email}, s.twin,
      ${step.source}, 0, ${step.now}, ${step.now}, null, ${sql.join(values)}
    from ${stagedRows(step)} where s.is_new = 1 order by s.pos`.execute(tx)
}

/**
 * Applies rows to contacts that are there: the first row of each contact, then the second, and so on. Returns how many first
 * rows of contacts from before the import changed something.
 */
async function update(tx: Tx, step: MergeStep, lastNo: number, shape: StepShape): Promise<number> {
  const { plan } = step
  const columns = changing(plan, step.haveEmail)
  const byOtherIds = plan.externalIds !== null
  const changes = columns.length > 0 ? [differs(columns)] : []
  const sets = columns.map(column => sql`${sql.ref(column.name)} = ${after(column)}`)
  if (byOtherIds && step.haveEmail) {
    const isNew = lacksAddress(plan)
    changes.push(isNew)
    sets.push(
      sql`email = iif(${isNew}, coalesce(r.email, r.email_key), contacts.email)`,
      sql`email_key = iif(${isNew}, r.email_key, contacts.email_key), twin = iif(${isNew}, 0, contacts.twin)`,
    )
  }
  if (changes.length === 0) return 0
  const isFirst = sql`(s.k = 1 and s.contact_no <= ${step.lastKnownNo})`
  const apply = async (j: number, which: RawBuilder<unknown>): Promise<number> => {
    const result = await sql`update contacts set ${sql.join(sets)}, updated_at = ${step.now},
        revision = revision + (contacts.no <= ${lastNo})
      from ${stagedRows(step)}
      where contacts.no = s.contact_no and s.is_new = 0 and s.j = ${j} and ${which}
        and (s.contact_no > ${lastNo} or exists (select 1 from temp.import_touched t
          where t.aspect = 'fields' and t.no = s.contact_no))
        and (${sql.join(changes, sql` or `)})`.execute(tx)
    return Number(result.numAffectedRows ?? 0)
  }
  let firsts = 0
  for (let j = 1; j <= shape.most; j++) {
    // Only who is known by several addresses has a first row behind another one.
    if ((j === 1 && shape.firstsHere > 0) || byOtherIds) firsts += await apply(j, isFirst)
    if (j > 1 || shape.othersHere > 0) await apply(j, sql`not ${isFirst}`)
  }
  return firsts
}

function resultOf(step: MergeStep, shape: StepShape, updated: number): MergeResult {
  const { rows, created, firsts } = shape
  const unchanged = step.plan.changesKnown ? firsts - updated : 0
  return {
    rows,
    created,
    updated,
    unchanged,
    duplicates: rows - created - updated - unchanged,
    lastRow: step.after + rows,
  }
}
