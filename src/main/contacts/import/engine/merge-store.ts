import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../storage/transaction.ts'
import { journalStore } from '../../changes/journal-store.ts'
import type { Aspect } from '../../changes/snapshot.ts'
import { type MergePlan, unfilledColumns } from './merge-columns.ts'
import { after, changing, differs, lacksAddress } from './merge-values.ts'
import { stagedRows, touchedStore } from './touched-store.ts'

/** One step of a merge: which rows, and what becomes of them. */
export interface MergeStep {
  /** The table with the rows, in the order of their keys, such as `staged_7.rows`. */
  readonly rows: string
  /** The rows after this one, up to and with that one. All have an e-mail address, or none has. */
  readonly after: number
  readonly upTo: number
  readonly haveEmail: boolean
  readonly plan: MergePlan
  /** Contacts with a higher number came in while the import was under way. */
  readonly lastKnownNo: number
  readonly changeNo: number
  /** 28 characters that no other step has, and a number: ids of new contacts are the two and count up (UUID version 7). */
  readonly idPrefix: string
  readonly idStart: number
  readonly notePrefix: string
  readonly listId: string | null
  readonly tagKeys: readonly string[]
  readonly source: string
  readonly actor: string
  readonly now: number
}

/** What a step did. */
export interface MergeResult {
  readonly rows: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly duplicates: number
  readonly lastRow: number
}

// Rows of one address are applied one after the other, each with a statement: an address that comes a thousand times is
// spread over several steps.
const MOST_REPEATS = 50

/** The SQL that turns staged rows into contacts, a few thousand at a time, in the order of their keys. */
export const mergeStore = {
  /** Merges the next rows; all of it belongs to the caller's transaction. */
  async step(tx: Tx, step: MergeStep): Promise<MergeResult> {
    const lastNo = await lastContactNo(tx)
    await recognise(tx, step, lastNo)
    const shape = await shapeOf(tx, step)
    if (shape.rows === 0) throw new Error('A merge step has no rows')
    const { created, known, most } = shape
    if (known > 0) await touchedStore.find(tx, step, lastNo)
    const touched = known > 0 ? await touchedStore.aspects(tx) : []
    for (const aspect of touched) await journalStore.before(tx, step.changeNo, touchedStore.contacts(aspect), [aspect])
    if (created > 0) await insertNew(tx, step)
    const changes = touched.includes('fields') || (most > 1 && step.plan.changesKnown)
    const updated = changes ? await update(tx, step, lastNo, most) : 0
    await attach(tx, step)
    await countRevisions(tx, touched)
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

/** What a step is made of. */
interface StepShape {
  readonly rows: number
  readonly created: number
  /** Rows for contacts who are there, or come with an earlier row. */
  readonly known: number
  /** First rows for contacts from before the import. */
  readonly firsts: number
  /** The most rows of one contact. */
  readonly most: number
}

async function shapeOf(tx: Tx, step: MergeStep): Promise<StepShape> {
  const { rows: cuts } = await sql<{ cut: number | null }>`
    select min(pos) as cut from temp.import_step where j > ${MOST_REPEATS}`.execute(tx)
  const cut = cuts[0]?.cut ?? null
  if (cut !== null) await sql`delete from temp.import_step where pos >= ${cut}`.execute(tx)
  const last = cut === null ? step.upTo : cut - 1
  const { rows } = await sql<Omit<StepShape, 'rows'>>`
    select coalesce(sum(is_new), 0) as created, coalesce(sum(is_new = 0), 0) as known,
      coalesce(sum(k = 1 and is_new = 0 and contact_no <= ${step.lastKnownNo}), 0) as firsts, coalesce(max(j), 0) as most
    from temp.import_step`.execute(tx)
  const found = { rows: last - step.after, ...(rows[0] ?? { created: 0, known: 0, firsts: 0, most: 0 }) }
  if (!isLean(step)) return found
  const { rows: all } = await sql<{ firsts: number }>`select count(*) as firsts from ${sql.table(step.rows)}
    where rowid > ${step.after} and rowid <= ${last} and k = 1`.execute(tx)
  return { ...found, firsts: (all[0]?.firsts ?? 0) - found.created }
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
async function update(tx: Tx, step: MergeStep, lastNo: number, most: number): Promise<number> {
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
  for (let j = 1; j <= most; j++) {
    // Only who is known by several addresses has a first row behind another one.
    if (j === 1 || byOtherIds) firsts += await apply(j, isFirst)
    await apply(j, sql`not ${isFirst}`)
  }
  return firsts
}

/** Tags, ids of other systems, notes and the list. */
async function attach(tx: Tx, step: MergeStep): Promise<void> {
  const { plan } = step
  const rows = stagedRows(step)
  const wanted = (policy: string): RawBuilder<unknown> => (policy === 'skip' ? sql`s.is_new = 1` : sql`true`)
  if (plan.tags !== null) {
    await sql`insert into contact_tags (contact_no, tag_no) select s.contact_no, tags.no
      from ${rows} cross join json_each(r.tags) named cross join tags on tags.name_key = named.value
      where r.tags is not null and ${wanted(plan.tags)} order by s.pos on conflict do nothing`.execute(tx)
  }
  if (plan.externalIds !== null) {
    await sql`insert into contact_external_ids (source, external_id, contact_no)
      select pair.value ->> 0, pair.value ->> 1, s.contact_no from ${rows} cross join json_each(r.external_ids) pair
      where r.external_ids is not null and ${wanted(plan.externalIds)} order by s.pos on conflict do nothing`.execute(
      tx,
    )
  }
  if (plan.notes !== null) {
    await sql`insert into notes (id, contact_no, body, author_id, created_at)
      select ${step.notePrefix} || printf('%08x', ${step.idStart - step.after} + s.pos), s.contact_no, r.note,
        ${step.actor}, ${step.now}
      from ${rows} where r.note is not null and ${wanted(plan.notes)} order by s.pos`.execute(tx)
  }
  if (step.tagKeys.length > 0) {
    await sql`insert into contact_tags (contact_no, tag_no) select s.contact_no, tags.no
      from temp.import_step s cross join tags
      where tags.name_key in (select value from json_each(${JSON.stringify(step.tagKeys)}))
      order by s.pos on conflict do nothing`.execute(tx)
  }
  if (step.listId !== null) {
    // Who is on the list already stays as she is: an import never re-activates anybody.
    await sql`insert into list_members (list_no, contact_no, status, added_at, added_by, source, changed_at)
      select (select no from lists where id = ${step.listId}), s.contact_no, 'active', ${step.now}, ${step.actor},
        ${step.source}, ${step.now}
      from temp.import_step s where true order by s.pos on conflict do nothing`.execute(tx)
  }
}

/** What came to known contacts beside their fields counts their revision up once. */
async function countRevisions(tx: Tx, touched: readonly Aspect[]): Promise<void> {
  if (touched.every(aspect => aspect === 'fields')) return
  await sql`update contacts set revision = revision + 1
    where no in (select no from temp.import_touched where aspect <> 'fields')`.execute(tx)
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
