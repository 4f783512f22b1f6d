import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Reader, Tx } from '../../storage/transaction.ts'
import { CONTACT_COLUMNS, fromRow } from '../contact-row.ts'
import { contactStore } from '../contact-store.ts'
import type { ExportedContact, ExportFields } from './exported-contact.ts'

const SPAN = 100_000

const Texts = z.array(z.string())
const Pairs = z.array(z.tuple([z.string(), z.string()]))

/** An export as it is kept. */
export interface KeptExport {
  readonly id: string
  readonly token: string
  readonly fileName: string
  readonly request: string
  readonly state: 'running' | 'done' | 'failed' | 'cancelled'
  readonly total: number
  readonly written: number
  readonly bytes: number
  readonly reason: string
  readonly madeBy: string
}

/** An export whose file is of no more use. */
export interface OverExport {
  readonly id: string
  readonly token: string
  readonly state: KeptExport['state']
  /** 1 when nobody asks after it any more. */
  readonly isOld: 0 | 1
}

/** The SQL of exports: who is exported, what is written of them, and how far it is. */
export const exportStore = {
  /** The numbers of all contacts that meet a condition, in the order of creation; a span at a time. */
  async numbers(reader: Reader, condition: RawBuilder<unknown>): Promise<number[]> {
    const all: number[] = []
    for (let after = 0; ; ) {
      const { rows } = await sql<{ numbers: string }>`select json_group_array(no) as numbers from (
        select contacts.no from contacts where contacts.no > ${after} and ${condition} order by contacts.no limit ${SPAN}
      )`.execute(reader)
      const span = z.array(z.number()).parse(JSON.parse(rows[0]?.numbers ?? '[]'))
      for (const no of span) all.push(no)
      after = span.at(-1) ?? after
      if (span.length < SPAN) return all
    }
  },

  async numbersOf(reader: Reader, ids: readonly string[]): Promise<number[]> {
    const { rows } = await sql<{ no: number }>`
      select contacts.no from json_each(${JSON.stringify(ids)}) as asked cross join contacts on contacts.id = asked.value
      order by contacts.no`.execute(reader)
    return rows.map(row => row.no)
  },

  async fields(reader: Reader): Promise<ExportFields> {
    const custom = await contactStore.customFields(reader)
    const networks = await sql<{ name: string }>`
      select distinct social.key as name from contacts, json_each(contacts.socials) as social
      where contacts.socials <> '{}' order by 1 limit 40`.execute(reader)
    const sources = await sql<{ name: string }>`
      select distinct source as name from contact_external_ids order by 1 limit 40`.execute(reader)
    return { custom, networks: networks.rows.map(row => row.name), sources: sources.rows.map(row => row.name) }
  },

  /** Contacts with what belongs to them, in the order of the numbers; who is gone is left out. */
  async contacts(reader: Reader, numbers: readonly number[]): Promise<readonly ExportedContact[]> {
    const asked = JSON.stringify(numbers)
    const columns = sql.join(CONTACT_COLUMNS.map(column => sql`c.${sql.ref(column)}`))
    const { rows } = await sql<
      Parameters<typeof fromRow>[0] & { no: number; owner: string; tags: string; notes: string; externals: string }
    >`select c.no, ${columns},
        coalesce((select m.name from members m where m.id = c.owner_id), '') as owner,
        (select json_group_array(t.name order by t.name_key) from contact_tags ct cross join tags t on t.no = ct.tag_no
          where ct.contact_no = c.no) as tags,
        (select json_group_array(n.body order by n.created_at) from notes n where n.contact_no = c.no) as notes,
        (select json_group_array(json_array(x.source, x.external_id)) from contact_external_ids x
          where x.contact_no = c.no) as externals
      from json_each(${asked}) as asked cross join contacts c on c.no = asked.value order by asked.key`.execute(reader)
    return rows.map(({ no, owner, tags, notes, externals, ...row }) => ({
      ...fromRow(row),
      no,
      ownerName: owner,
      tags: Texts.parse(JSON.parse(tags)),
      notes: Texts.parse(JSON.parse(notes)),
      externalIds: Object.fromEntries(Pairs.parse(JSON.parse(externals))),
    }))
  },

  async add(tx: Tx, kept: KeptExport, at: number): Promise<void> {
    const { fileName, madeBy, ...rest } = kept
    await tx
      .insertInto('contact_exports')
      .values({ ...rest, file_name: fileName, made_by: madeBy, made_at: at })
      .execute()
  },

  async find(reader: Reader, id: string): Promise<KeptExport | null> {
    const row = await reader
      .selectFrom('contact_exports')
      .select(['id', 'token', 'file_name', 'request', 'state', 'total', 'written', 'bytes', 'reason', 'made_by'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (!row) return null
    const { file_name, made_by, ...rest } = row
    return { ...rest, fileName: file_name, madeBy: made_by }
  },

  /** Exports that ended before a moment, were given up or failed, or whose work was lost. */
  async over(reader: Reader, before: number, job: string): Promise<readonly OverExport[]> {
    const { rows } = await sql<OverExport>`
      select e.id, e.token, e.state, e.made_at <= ${before} as "isOld" from contact_exports e
      where e.state in ('failed', 'cancelled') or (e.state = 'done' and e.made_at <= ${before})
        or (e.state = 'running' and not exists (
          select 1 from jobs j where j.kind = ${job} and j.subject = e.id and j.state in ('waiting', 'running')))`.execute(
      reader,
    )
    return rows
  },

  async forget(tx: Tx, id: string): Promise<void> {
    await tx.deleteFrom('contact_exports').where('id', '=', id).execute()
  },

  /** Writes how far an export is. One that was given up stays given up. */
  async note(
    tx: Tx,
    id: string,
    change: Partial<Pick<KeptExport, 'state' | 'total' | 'written' | 'bytes' | 'reason'>>,
  ): Promise<void> {
    await tx.updateTable('contact_exports').set(change).where('id', '=', id).where('state', '=', 'running').execute()
  },
}
