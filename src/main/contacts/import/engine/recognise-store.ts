import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../storage/transaction.ts'
import type { MergeStep } from './merge-step.ts'
import { changing, differs } from './merge-values-store.ts'

/** What a step is made of. */
export interface StepShape {
  readonly rows: number
  readonly created: number
  /** Rows for contacts who are there, or come with an earlier row. */
  readonly known: number
  /** First rows for contacts from before the import. */
  readonly firsts: number
  /** Rows that are the first of their contact in the step: those of `firsts` that are looked at further, and the others. */
  readonly firstsHere: number
  readonly othersHere: number
  /** The most rows of one contact. */
  readonly most: number
}

// Rows of one address are applied one after the other, each with a statement: an address that comes a thousand times is
// spread over several steps.
const MOST_REPEATS = 50

/** The SQL that finds out whom the rows of a step stand for, in the temporary table `import_step`. */
export const recogniseStore = {
  /** Takes the rows of the step, or as many as one step can hold; contacts above `lastNo` come with it. */
  async take(tx: Tx, step: MergeStep, lastNo: number): Promise<StepShape> {
    await recognise(tx, step, lastNo)
    return shapeOf(tx, step)
  },
}

/**
 * Puts the rows of the step into a temporary table, each with its contact. `k` counts the rows of a key, `j` those within
 * the step. New contacts are numbered on from the last one, so that nothing has to be looked up after the insert.
 */
async function recognise(tx: Tx, step: MergeStep, lastNo: number): Promise<void> {
  await sql`create temp table if not exists import_step (
    pos integer primary key, k integer not null, j integer not null, twin integer not null, contact_no integer not null,
    is_new integer not null) strict`.execute(tx)
  await sql`delete from temp.import_step`.execute(tx)
  const j = sql`min(r.k, r.rowid - ${step.after})`
  const fresh = sql`${lastNo - step.after} + r.rowid`
  const these = sql`from ${sql.table(step.rows)} r where r.rowid > ${step.after} and r.rowid <= ${step.upTo}`
  const into = sql`insert into temp.import_step (pos, k, j, twin, contact_no, is_new)`
  if (step.plan.makeNew) {
    const twin = step.haveEmail
      ? sql`${j} - 1 + coalesce((select max(twin) + 1 from contacts where email_key = r.email_key), 0)`
      : sql`0`
    await sql`${into} select r.rowid, r.k, 1, ${twin}, ${fresh}, 1 ${these}`.execute(tx)
    return
  }
  // Whoever is known and stays as she is needs nothing, when the rows bring nothing but fields.
  const wanted = isLean(step) ? sql`and (contacts.no is null or r.k > 1 or ${changesFields(step)})` : sql``
  await sql`${into} select r.rowid, r.k, ${j}, 0, coalesce(contacts.no, ${fresh} - ${j} + 1), contacts.no is null and ${j} = 1
    from ${sql.table(step.rows)} r left join contacts on contacts.no = ${known(step)}
    where r.rowid > ${step.after} and r.rowid <= ${step.upTo} ${wanted}`.execute(tx)
  if (step.plan.externalIds !== null) await recogniseByExternalIds(tx, step)
}

/** Whether only rows that change something are looked at further: nothing else comes with them. */
function isLean({ plan, listId, tagKeys, haveEmail }: MergeStep): boolean {
  const bringsFieldsOnly = plan.tags === null && plan.externalIds === null && plan.notes === null
  return haveEmail && bringsFieldsOnly && listId === null && tagKeys.length === 0 && !plan.makeNew
}

function changesFields({ plan, haveEmail }: MergeStep): RawBuilder<unknown> {
  const columns = changing(plan, haveEmail)
  return plan.changesKnown && columns.length > 0 ? differs(columns) : sql`false`
}

/** The contact of a row by its address. */
function known({ haveEmail }: MergeStep): RawBuilder<unknown> {
  return haveEmail
    ? sql`(select no from contacts where email_key = r.email_key order by twin limit 1)`
    : sql`(select no from contacts where phone = r.phone order by no limit 1)`
}

/**
 * Who has no known address may be known by an id in another system that was there before the import, address or not. All rows
 * of a key belong to the contact of the first.
 */
async function recogniseByExternalIds(tx: Tx, step: MergeStep): Promise<void> {
  const found = sql`(select held.contact_no from ${sql.table(step.rows)} r cross join json_each(r.external_ids) pair
    cross join contact_external_ids held on held.source = pair.value ->> 0 and held.external_id = pair.value ->> 1
    where r.rowid = import_step.pos - import_step.k + 1 and held.contact_no <= ${step.lastKnownNo} and not ${cameWithThisImport(step)}
    order by pair.key limit 1)`
  const changed = await sql`update temp.import_step set contact_no = ${found}, is_new = 0
    where is_new = 1 and ${found} is not null`.execute(tx)
  if (Number(changed.numAffectedRows ?? 0) === 0) return
  await sql`update temp.import_step set contact_no = (select first.contact_no from temp.import_step first
    where first.pos = import_step.pos - import_step.j + 1) where j > 1`.execute(tx)
  // Two addresses may belong to one contact now, and rows of one contact are applied one after the other.
  await sql`update temp.import_step set j = numbered.j from (select pos,
      row_number() over (partition by contact_no order by pos) as j from temp.import_step) numbered
    where numbered.pos = import_step.pos`.execute(tx)
}

/** Whether an id in another system came with an earlier row; otherwise the result would hang on where steps begin. */
function cameWithThisImport({ changeNo }: MergeStep): RawBuilder<unknown> {
  return sql`exists (select 1 from change_contacts changed
    where changed.change_no = ${changeNo} and changed.contact_no = held.contact_no
      and changed.before -> '$.externals' is not null
      and not exists (select 1 from json_each(changed.before, '$.externals') old
        where old.value ->> 0 = held.source and old.value ->> 1 = held.external_id))`
}

const NOTHING = { created: 0, known: 0, firsts: 0, firstsHere: 0, othersHere: 0, most: 0 }

async function shapeOf(tx: Tx, step: MergeStep): Promise<StepShape> {
  const { rows: cuts } = await sql<{ cut: number | null }>`
    select min(pos) as cut from temp.import_step where j > ${MOST_REPEATS}`.execute(tx)
  const cut = cuts[0]?.cut ?? null
  if (cut !== null) await sql`delete from temp.import_step where pos >= ${cut}`.execute(tx)
  const last = cut === null ? step.upTo : cut - 1
  const isFirst = sql`k = 1 and contact_no <= ${step.lastKnownNo}`
  const { rows } = await sql<Omit<StepShape, 'rows'>>`
    select count(*) filter (where is_new = 1) as created, count(*) filter (where is_new = 0) as known,
      count(*) filter (where is_new = 0 and ${isFirst}) as firsts,
      count(*) filter (where is_new = 0 and j = 1 and ${isFirst}) as firstsHere,
      count(*) filter (where is_new = 0 and j = 1 and not (${isFirst})) as othersHere,
      coalesce(max(j), 0) as most
    from temp.import_step`.execute(tx)
  const found = { rows: last - step.after, ...(rows[0] ?? NOTHING) }
  if (!isLean(step)) return found
  const { rows: all } = await sql<{ firsts: number }>`select count(*) as firsts from ${sql.table(step.rows)}
    where rowid > ${step.after} and rowid <= ${last} and k = 1`.execute(tx)
  return { ...found, firsts: (all[0]?.firsts ?? 0) - found.created }
}
