import { type RawBuilder, sql } from 'kysely'
import type { DuplicatePolicy } from '../../../../shared/contract/imports.ts'
import type { Tx } from '../../../storage/transaction.ts'

/** One step of a merge: which rows, and what becomes of them. */
export interface MergeStep {
  readonly run: number
  readonly part: number
  /** The last row that is merged already: its key and number. */
  readonly afterIdent: string
  readonly afterN: number
  readonly mostRows: number
  readonly policy: DuplicatePolicy
  /** 28 characters that no other step has, and a number: ids of new contacts are the two and count up (UUID version 7). */
  readonly idPrefix: string
  readonly idStart: number
  readonly notePrefix: string
  readonly listId: string | null
  readonly tagKeys: readonly string[]
  /** What the columns of the file bring beside the fields of the contact. */
  readonly brings: { readonly tags: boolean; readonly externalIds: boolean; readonly notes: boolean }
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
  readonly lastIdent: string
  readonly lastN: number
}

// Rows of one address are applied one after the other, each with a statement: an address that comes a thousand times is
// spread over several steps.
const MOST_REPEATS = 50

const TEXTS = [
  'first_name',
  'last_name',
  'company',
  'street',
  'city',
  'region',
  'postal_code',
  'country',
  'lead_status',
  'lead_quality',
] as const
const NULLABLES = ['phone', 'latitude', 'longitude', 'time_zone', 'language', 'birthday'] as const
const OBJECTS = ['socials', 'custom'] as const
const ALL = [...TEXTS, ...NULLABLES, ...OBJECTS]

/** The SQL that turns staged rows into contacts, a few thousand at a time, in the order of their keys. */
export const mergeStore = {
  /** Merges the next rows of a range; all of it belongs to the caller's transaction. */
  async step(tx: Tx, step: MergeStep): Promise<MergeResult | null> {
    if ((await takeRows(tx, step)) === 0) return null
    await recognise(tx, step)
    const shape = await shapeOf(tx)
    if (shape.created > 0) await insertNew(tx, step)
    const updated = shape.created === shape.rows ? 0 : await updateKnown(tx, step, shape.most)
    await attach(tx, step, shape.created < shape.rows)
    return resultOf(step, shape, updated)
  },
}

/** Puts the rows of the step into a temporary table, numbered; returns how many there are. */
async function takeRows(tx: Tx, step: MergeStep): Promise<number> {
  await sql`create temp table if not exists import_step (
    pos integer primary key, n integer not null, ident text not null, k integer not null,
    twin integer not null default 0, contact_no integer, is_new integer not null default 0) strict`.execute(tx)
  await sql`delete from temp.import_step`.execute(tx)
  // k counts the rows of one key in the order of the file; a key that the step before began with is not new any more.
  await sql`insert into temp.import_step (pos, n, ident, k)
    select row_number() over (order by ident, n), n, ident,
      row_number() over (partition by ident order by n) + (ident = ${step.afterIdent})
    from (select n, ident from import_rows where run = ${step.run} and part = ${step.part}
      and (ident, n) > (${step.afterIdent}, ${step.afterN}) order by ident, n limit ${step.mostRows})`.execute(tx)
  const { rows } = await sql<{ taken: number; cut: number | null }>`
    select count(*) as taken, min(iif(k > ${MOST_REPEATS}, pos, null)) as cut from temp.import_step`.execute(tx)
  const { taken = 0, cut = null } = rows[0] ?? {}
  if (cut === null) return taken
  await sql`delete from temp.import_step where pos >= ${cut}`.execute(tx)
  return cut - 1
}

/** Finds the contact of every row. New ones are numbered on from the last contact, so that nothing has to be looked up after the insert. */
async function recognise(tx: Tx, step: MergeStep): Promise<void> {
  const next = sql`coalesce((select seq from sqlite_sequence where name = 'contacts'), 0) + pos`
  if (step.policy === 'make_new') {
    await sql`update temp.import_step set is_new = 1, contact_no = ${next},
      twin = case when ident >= 'p' then 0 else k - 1 - (ident = ${step.afterIdent}) + coalesce(
        (select max(contacts.twin) + 1 from contacts where email_key = substr(ident, 2)), 0) end`.execute(tx)
    return
  }
  await sql`update temp.import_step set contact_no = case
      when ident >= 'p' then (select no from contacts where phone = substr(ident, 2) order by contacts.no limit 1)
      else (select no from contacts where email_key = substr(ident, 2) order by contacts.twin limit 1) end`.execute(tx)
  await sql`update temp.import_step set is_new = 1, contact_no = ${next}
    where contact_no is null and k = 1`.execute(tx)
  // A repeated row is the contact that the first row of its key became.
  await sql`update temp.import_step set contact_no = (select f.contact_no from temp.import_step f
    where f.pos = import_step.pos - import_step.k + 1) where contact_no is null`.execute(tx)
}

async function insertNew(tx: Tx, step: MergeStep): Promise<void> {
  await sql`insert into contacts (no, id, revision, ${columns('', ['email', 'email_key'])}, twin, ${columns('', ALL)},
      source, lead_score, created_at, updated_at, last_activity_at)
    select s.contact_no, ${step.idPrefix} || printf('%08x', ${step.idStart} + s.pos), 1, ${columns('r', ['email', 'email_key'])}, s.twin, ${columns('r', ALL)},
      ${step.source}, 0, ${step.now}, ${step.now}, null
    from temp.import_step s cross join import_rows r on r.run = ${step.run} and r.part = ${step.part} and r.n = s.n
    where s.is_new = 1 order by s.pos`.execute(tx)
}

/** Applies rows to contacts that are there: the first row of each key, then the second, and so on. Returns how many the first ones changed. */
async function updateKnown(tx: Tx, step: MergeStep, most: number): Promise<number> {
  if (step.policy === 'skip' || step.policy === 'make_new') return 0
  let updated = 0
  for (let k = 1; k <= most; k++) {
    const result =
      await sql`update contacts set ${sql.join(ALL.map(name => sql`${sql.ref(name)} = ${after(name, step.policy)}`))},
        updated_at = ${step.now}, revision = revision + 1
      from temp.import_step s cross join import_rows r on r.run = ${step.run} and r.part = ${step.part} and r.n = s.n
      where contacts.no = s.contact_no and s.k = ${k} and s.is_new = 0
        and (${columns('contacts', ALL)}) is not (${sql.join(ALL.map(name => after(name, step.policy)))})`.execute(tx)
    if (k === 1) updated = Number(result.numAffectedRows ?? 0)
  }
  return updated
}

/** The value of a column after a row was applied: blanks filled, or written over by what the row has. */
function after(name: string, policy: DuplicatePolicy) {
  const old = sql.ref(`contacts.${name}`)
  const row = sql.ref(`r.${name}`)
  if (OBJECTS.some(object => object === name)) {
    // The stored object always comes first, so that its order stays and an unchanged one stays the same text.
    return policy === 'overwrite'
      ? sql`json_patch(${old}, ${row})`
      : sql`json_patch(${old}, json_patch(${row}, ${old}))`
  }
  const [first, second] = policy === 'overwrite' ? [row, old] : [old, row]
  if (TEXTS.some(text => text === name)) return sql`iif(${first} = '', ${second}, ${first})`
  return sql`coalesce(${first}, ${second})`
}

/** Tags, ids of other systems, notes and the list. What the row itself brings is passed over when known contacts are skipped. */
async function attach(tx: Tx, step: MergeStep, anyKnown: boolean): Promise<void> {
  const rows = sql`temp.import_step s cross join import_rows r on r.run = ${step.run} and r.part = ${step.part} and r.n = s.n`
  const wanted = step.policy === 'skip' ? sql`s.is_new = 1` : sql`true`
  // A new contact has the revision that she began with; nobody asks what came to her.
  const returning = anyKnown ? sql`returning contact_no as "contactNo"` : sql``
  const changed = new Set<number>()
  const add = async (statement: RawBuilder<unknown>): Promise<void> => {
    const result = await sql<{ contactNo: number }>`${statement} ${returning}`.execute(tx)
    for (const row of result.rows) changed.add(row.contactNo)
  }
  if (step.brings.tags) {
    await add(sql`insert into contact_tags (contact_no, tag_no) select s.contact_no, tags.no
    from ${rows} cross join json_each(r.tags) named cross join tags on tags.name_key = named.value
    where r.tags is not null and ${wanted} order by s.pos on conflict do nothing`)
  }
  if (step.brings.externalIds) {
    await add(sql`insert into contact_external_ids (source, external_id, contact_no)
    select pair.value ->> 0, pair.value ->> 1, s.contact_no from ${rows} cross join json_each(r.external_ids) pair
    where r.external_ids is not null and ${wanted} order by s.pos on conflict do nothing`)
  }
  if (step.brings.notes) {
    await add(sql`insert into notes (id, contact_no, body, author_id, created_at)
    select ${step.notePrefix} || printf('%08x', ${step.idStart} + s.pos), s.contact_no, r.note, ${step.actor}, ${step.now}
    from ${rows} where r.note is not null and ${wanted} order by s.pos`)
  }
  if (step.tagKeys.length > 0) {
    await add(sql`insert into contact_tags (contact_no, tag_no) select s.contact_no, tags.no
      from temp.import_step s cross join tags
      where tags.name_key in (select value from json_each(${JSON.stringify(step.tagKeys)}))
      order by s.pos on conflict do nothing`)
  }
  if (step.listId !== null) {
    // Who is on the list already stays as she is: an import never re-activates anybody.
    await add(sql`insert into list_members (list_no, contact_no, status, added_at, added_by, source, changed_at)
      select (select no from lists where id = ${step.listId}), s.contact_no, 'active', ${step.now}, ${step.actor},
        ${step.source}, ${step.now}
      from temp.import_step s where true order by s.pos on conflict do nothing`)
  }
  if (changed.size === 0) return
  await sql`update contacts set revision = revision + 1
    where no in (select value from json_each(${JSON.stringify([...changed])}))
      and no not in (select contact_no from temp.import_step where is_new = 1)`.execute(tx)
}

/** What a step is made of: new contacts, rows for known ones, the most often that one key comes, and its last row. */
interface StepShape {
  readonly rows: number
  readonly created: number
  readonly firsts: number
  readonly most: number
  readonly lastIdent: string
  readonly lastN: number
}

async function shapeOf(tx: Tx): Promise<StepShape> {
  const { rows } = await sql<StepShape>`
    select count(*) as "rows", sum(is_new) as created, sum(k = 1 and is_new = 0) as firsts, max(k) as most,
      (select ident from temp.import_step order by pos desc limit 1) as "lastIdent",
      (select n from temp.import_step order by pos desc limit 1) as "lastN"
    from temp.import_step`.execute(tx)
  const shape = rows[0]
  if (!shape) throw new Error('A merge step ended without rows')
  return shape
}

function resultOf(step: MergeStep, shape: StepShape, updated: number): MergeResult {
  const { rows, created, firsts, lastIdent, lastN } = shape
  const unchanged = step.policy === 'skip' || step.policy === 'make_new' ? 0 : firsts - updated
  return { rows, created, updated, unchanged, duplicates: rows - created - updated - unchanged, lastIdent, lastN }
}

function columns(table: string, names: readonly string[]) {
  return sql.join(names.map(name => sql.ref(table === '' ? name : `${table}.${name}`)))
}
