import { type Selectable, sql } from 'kysely'
import type { Channel } from '../../shared/contract/define.ts'
import { type MessageContent, MessageContent as MessageContentSchema } from '../../shared/contract/message-content.ts'
import type { Tables } from '../storage/tables.ts'
import type { Reader, Tx } from '../storage/transaction.ts'

type Row = Selectable<Tables['templates']>

/** A template as it is stored. */
export interface StoredTemplate {
  readonly id: string
  readonly channel: Channel
  readonly name: string
  readonly category: string
  readonly content: MessageContent
  readonly version: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly archivedAt: number | null
}

/** A template as the library shows it: the subject or the first words in place of the content. */
interface ListedTemplate extends Omit<StoredTemplate, 'content'> {
  readonly summary: string
}

const COLUMNS = [
  'id',
  'channel',
  'name',
  'category',
  'content',
  'version',
  'created_by',
  'created_at',
  'updated_at',
  'archived_at',
] as const

/** The SQL of the template library. */
export const templateStore = {
  async list(
    reader: Reader,
    filter: { readonly channel: Channel | null; readonly search: string; readonly archived: boolean },
  ): Promise<readonly ListedTemplate[]> {
    let query = reader
      .selectFrom('templates')
      .select([
        'id',
        'channel',
        'name',
        'category',
        'version',
        'created_at as createdAt',
        'updated_at as updatedAt',
        'archived_at as archivedAt',
        sql<string>`coalesce(content ->> '$.subject', substr(coalesce(content ->> '$.text', content ->> '$.script',
          nullif(content ->> '$.message.wording', ''), content ->> '$.message.name', content ->> '$.message.text',
          content ->> '$.message.caption'), 1, 120), '')`.as('summary'),
      ])
      .where('archived_at', filter.archived ? 'is not' : 'is', null)
    if (filter.channel) query = query.where('channel', '=', filter.channel)
    if (filter.search.trim() !== '') {
      const wanted = `%${filter.search.trim().replace(/[\\%_]/g, mark => `\\${mark}`)}%`
      query = query.where(sql<boolean>`name || ' ' || category like ${wanted} escape '\\'`)
    }
    return query.orderBy('updated_at', 'desc').orderBy('id', 'desc').limit(2000).execute()
  },

  async find(reader: Reader | Tx, id: string): Promise<StoredTemplate | null> {
    const row = await reader.selectFrom('templates').select(COLUMNS).where('id', '=', id).executeTakeFirst()
    return row ? toTemplate(row) : null
  },

  /** How many campaigns begin with each template. */
  async usage(reader: Reader | Tx): Promise<ReadonlyMap<string, number>> {
    const { rows } = await sql<{ template: string; uses: number }>`
      select json_extract(draft, '$.templateId') as template, count(*) as uses from campaigns
      where json_extract(draft, '$.templateId') is not null group by 1`.execute(reader)
    return new Map(rows.map(row => [row.template, row.uses]))
  },

  async insert(tx: Tx, template: StoredTemplate, by: string): Promise<void> {
    await tx
      .insertInto('templates')
      .values({
        id: template.id,
        channel: template.channel,
        name: template.name,
        category: template.category,
        content: JSON.stringify(template.content),
        version: template.version,
        created_by: by,
        created_at: template.createdAt,
        updated_at: template.updatedAt,
        archived_at: template.archivedAt,
      })
      .execute()
    await keepVersion(tx, template, by)
  },

  /** Saves the next version over `version`; false when somebody saved in between. */
  async save(tx: Tx, template: StoredTemplate, version: number, by: string): Promise<boolean> {
    const result = await tx
      .updateTable('templates')
      .set({
        name: template.name,
        category: template.category,
        content: JSON.stringify(template.content),
        version: template.version,
        updated_at: template.updatedAt,
      })
      .where('id', '=', template.id)
      .where('version', '=', version)
      .executeTakeFirst()
    if (Number(result.numUpdatedRows) === 0) return false
    await keepVersion(tx, template, by)
    return true
  },

  async archive(tx: Tx, id: string, archivedAt: number | null, now: number): Promise<void> {
    await tx.updateTable('templates').set({ archived_at: archivedAt, updated_at: now }).where('id', '=', id).execute()
  },

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.deleteFrom('templates').where('id', '=', id).execute()
  },
}

async function keepVersion(tx: Tx, template: StoredTemplate, by: string): Promise<void> {
  await tx
    .insertInto('template_versions')
    .values({
      template_id: template.id,
      version: template.version,
      name: template.name,
      content: JSON.stringify(template.content),
      saved_by: by,
      saved_at: template.updatedAt,
    })
    .execute()
}

function toTemplate(row: Row): StoredTemplate {
  return {
    id: row.id,
    channel: row.channel,
    name: row.name,
    category: row.category,
    content: MessageContentSchema.parse(JSON.parse(row.content)),
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    archivedAt: row.archived_at,
  }
}
