import type { Storage } from '../../storage/database.ts'
import { transaction } from '../../storage/transaction.ts'
import { contactIndexesStore, isPhoneIndex } from '../import/engine/contact-indexes-store.ts'
import { indexesAwayStore } from './indexes-away-store.ts'

// Below this the indexes are kept up faster than anybody notices.
const FEWEST = 50_000
// Of so many more contacts than change, making the indexes anew would take as long as keeping them.
const MOST_PER_CHANGED = 4

/** Who comes or goes. */
export interface Crowd {
  readonly contacts: number
  /** They are looked up by their phones on the way. */
  readonly needsPhones: boolean
}

/**
 * Takes the indexes of contacts away that are changed at random places while very many contacts come or go, when these are
 * a good part of all: a contact costs three times as much with them. It is on disk that they are away, so that they come
 * back also after a crash.
 */
export async function takeIndexesAway(storage: Storage, { contacts, needsPhones }: Crowd): Promise<void> {
  if (contacts < FEWEST) return
  const most = contacts * MOST_PER_CHANGED
  if ((await contactIndexesStore.count(storage.reader, most)) === most) return
  const statements = await contactIndexesStore.statements(storage.reader)
  for (const statement of statements.filter(one => !(needsPhones && isPhoneIndex(one)))) {
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

/** Makes the indexes again that were taken away, one in a transaction. */
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
