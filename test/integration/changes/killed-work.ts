import type { Change } from '../../../src/shared/contract/changes.ts'
import type { Client } from '../../../src/shared/contract/client.ts'

/** What is killed in the middle: tags put on everybody, everybody deleted, all duplicates merged, or an import taken back. */
export const KILLED_WORKS = ['tags', 'delete', 'merge', 'undo'] as const
export type KilledWork = (typeof KILLED_WORKS)[number]

const PAGE = { offset: 0, limit: 10 }
const EVERYBODY = { kind: 'filter' as const, filter: {}, except: [], expected: null }

/** The change that the work makes or takes back; null while it has not begun. */
export async function findChange(client: Client, work: KilledWork): Promise<Change | null> {
  const { rows } = await client.changes.list(PAGE)
  const change = rows.find(row => row.kind === (work === 'undo' ? 'import' : work))
  return change === undefined || (work === 'undo' && change.state === 'done') ? null : change
}

/** Begins the work. */
export async function beginChange(client: Client, work: KilledWork): Promise<void> {
  if (work === 'merge') {
    await client.duplicates.mergeAll({ least: 0.8 })
    return
  }
  if (work === 'undo') {
    const { rows } = await client.changes.list(PAGE)
    const made = rows.find(row => row.kind === 'import')
    if (made === undefined) throw new Error('There is no import to take back')
    await client.changes.undo({ id: made.id })
    return
  }
  const action = work === 'delete' ? { kind: work } : { kind: 'set_tags' as const, add: ['everybody'], remove: [] }
  await client.contacts.bulk({ selection: EVERYBODY, action })
}
