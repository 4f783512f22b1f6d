import { openConnection } from '../../src/main/storage/connection.ts'

/** The shape of a database file: every table, index, trigger and view, in the order of their names. */
export async function schemaOf(file: string): Promise<string> {
  const connection = await openConnection(file, 'readonly')
  const rows = await connection.all(
    "select sql from sqlite_schema where sql is not null and name not like 'sqlite_%' order by type desc, name",
    [],
  )
  await connection.close()
  return `${rows.map(row => `${String(row.sql)};`).join('\n\n')}\n`
}
