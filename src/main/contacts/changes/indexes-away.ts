import type { Storage } from '../../storage/database.ts'
import { transaction } from '../../storage/transaction.ts'
import { contactIndexesStore } from '../import/engine/contact-indexes-store.ts'
import type { ChangeRow } from './change-store.ts'
import { indexesAwayStore } from './indexes-away-store.ts'

// Below this the indexes are kept up faster than anybody notices.
const FEWEST = 50_000
// Of so many more contacts than change, making the indexes anew would take as long as keeping them.
const MOST_PER_CHANGED = 4
// Who comes, goes, or gets every field back changes every index; tags and lists change none.
const KINDS: readonly string[] = ['import', 'delete']

/**
 * Takes the indexes of contacts away that an undo would change at random places, when it is about most contacts: a contact
 * costs three times as much with them. It is on disk that they are away, so that they come back also after a crash.
 */
export async function takeIndexesAway(storage: Storage, change: ChangeRow): Promise<void> {
  const left = change.contacts - change.restored
  if (!KINDS.includes(change.kind) || left < FEWEST) return
  const most = left * MOST_PER_CHANGED
  if ((await contactIndexesStore.count(storage.reader, most)) === most) return
  for (const statement of await contactIndexesStore.statements(storage.reader)) {
    await transaction(
      storage.db,
      async tx => {
        await indexesAwayStore.add(tx, statement)
        await contactIndexesStore.drop(tx, [statement])
      },
      { name: 'undo.index_away', priority: 'bulk' },
    )
  }
}

/** Makes the indexes again that an undo took away, one in a transaction. */
export async function bringIndexesBack(storage: Storage): Promise<void> {
  const statements = await indexesAwayStore.all(storage.reader)
  if (statements.length === 0) return
  await contactIndexesStore.sortingOnDisk(storage.db, async () => {
    for (const statement of statements) {
      await transaction(
        storage.db,
        async tx => {
          await contactIndexesStore.make(tx, statement)
          await indexesAwayStore.forget(tx, statement)
        },
        { name: 'undo.index_back', priority: 'bulk' },
      )
    }
  })
}
