import type { Storage } from '../../storage/database.ts'
import { transaction } from '../../storage/transaction.ts'
import { madeStore } from './made-store.ts'
import { mentionedWords, plainWord } from './mentioned-words.ts'

const AT_ONCE = 500
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/**
 * Takes away the tags, lists and custom fields that a change made, so that an import with a wrong column leaves no thousand
 * tags behind. Those stay that somebody has, or that a segment, a campaign, a template or a view asks for.
 */
export async function removeMade(storage: Storage, changeNo: number): Promise<void> {
  await removeMadeLabels(storage, changeNo)
  await removeMadeFields(storage, changeNo)
}

async function removeMadeFields(storage: Storage, changeNo: number): Promise<void> {
  if (!(await madeStore.hasMadeFields(storage.reader, changeNo))) return
  const empty = await storage.heavy.run(undefined, reader => madeStore.fieldsWithoutValues(reader, changeNo))
  if (empty.length === 0) return
  const words = mentionedWords(await madeStore.fieldMentions(storage.reader))
  const free = empty.filter(key => !words.has(plainWord(key)))
  await transaction(storage.db, tx => madeStore.removeFields(tx, free), { name: 'undo.fields', priority: 'bulk' })
}

async function removeMadeLabels(storage: Storage, changeNo: number): Promise<void> {
  const unused = await madeStore.unused(storage.reader, changeNo)
  if (unused.length === 0) return
  const texts = await madeStore.mentions(storage.reader)
  const asked = new Set(texts.flatMap(text => text.match(ID) ?? []))
  const free = unused.filter(({ id }) => !asked.has(id))
  for (let from = 0; from < free.length; from += AT_ONCE) {
    const some = free.slice(from, from + AT_ONCE)
    await transaction(storage.db, tx => madeStore.remove(tx, some), { name: 'undo.made', priority: 'bulk' })
  }
}
