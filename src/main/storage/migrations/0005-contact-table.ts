import type { Migration } from './migration.ts'
import { statementsOf } from './statements-of.ts'

const SCHEMA = `
create table saved_views (
  id text primary key, name text not null, name_key text not null unique, view text not null,
  made_by text not null, created_at integer not null, updated_at integer not null
) strict;
`

/** What the contact table keeps: views of it. */
export const m0005ContactTable: Migration = {
  name: '0005-contact-table',
  async up(tx) {
    for (const statement of statementsOf(SCHEMA)) await tx.run(statement)
  },
}
