import { join } from 'node:path'
import { eventHandlers } from '../../../../src/main/contacts/events/event-handlers.ts'
import { createFigures } from '../../../../src/main/contacts/scores/figures.ts'
import { scoreHandlers } from '../../../../src/main/contacts/scores/score-handlers.ts'
import { type Connection, openConnection } from '../../../../src/main/storage/connection.ts'
import { openPeopleDomains } from '../../../support/people-domains.ts'

export const DAY = 86_400_000

/** A line for the ledger of a test. */
export interface Line {
  readonly kind: string
  readonly contact: string
  readonly at: number
  readonly data?: Readonly<Record<string, unknown>>
}

/** The people domains with their figures, and a second connection that writes what other domains would. */
export async function openScoresWorld() {
  const people = await openPeopleDomains()
  const figures = createFigures({ ...people.parts, accounts: people.accounts })
  const made = { ...people.parts, accounts: people.accounts, figures }
  const file: Connection = await openConnection(join(people.folder, 'tidings.db'), 'create')
  const scores = scoreHandlers(made)
  const events = eventHandlers(made)
  let lines = 0
  let orders = 0
  return {
    ...people,
    parts: made,
    figures,
    scores,
    contactEvents: events,
    file,
    async contact(id: string): Promise<number> {
      await file.run(
        `insert into contacts (id, revision, first_name, last_name, company, twin, email, email_key, street, city, region, postal_code,
          country, source, lead_status, lead_quality, lead_score, socials, custom, created_at, updated_at)
          values (?, 1, ?, '', '', 0, ?, ?, '', '', '', '', '', 'test', '', '', 0, '{}', '{}', 0, 0)`,
        [id, id, `${id}@example.org`, `${id}@example.org`],
      )
      const rows = await file.all('select no from contacts where id = ?', [id])
      return Number(rows[0]?.no)
    },
    async ledger(entries: readonly Line[]): Promise<void> {
      await file.exec('begin immediate')
      for (const { kind, contact, at, data } of entries) {
        lines += 1
        await file.run('insert into ledger (at, kind, contact_id, event_key, data) values (?, ?, ?, ?, ?)', [
          at,
          kind,
          contact,
          `test:${lines}`,
          JSON.stringify(data ?? {}),
        ])
      }
      await file.exec('commit')
    },
    async order(contactNo: number, at: number, valueMinor: number, status = 'paid', currency = 'USD'): Promise<void> {
      orders += 1
      await file.run(
        `insert into orders (id, source, external_id, contact_no, at, currency, value_minor, status) values (?, 'test', ?, ?, ?, ?, ?, ?)`,
        [`o${orders}`, String(orders), contactNo, at, currency, valueMinor, status],
      )
      await file.run('insert or ignore into stale_figures values (?)', [contactNo])
    },
    async [Symbol.asyncDispose]() {
      await figures.stop()
      await file.close()
      await people[Symbol.asyncDispose]()
    },
  }
}
