import { AppError, notFound } from '../../../shared/contract/failure.ts'
import type { contract } from '../../../shared/contract/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import type { Handlers } from '../../request.ts'
import { transaction } from '../../storage/transaction.ts'
import { viewStore } from './view-store.ts'

type ViewHandlers = Pick<Handlers<(typeof contract)['contacts']>, 'views' | 'saveView' | 'removeView'>

/** Answers what is asked about saved views of the contact table. */
export function viewHandlers({ kernel, storage }: DomainParts): ViewHandlers {
  return {
    views: async () => ({ views: [...(await viewStore.all(storage.reader))] }),

    async saveView({ id, name: typed, ...view }, { actor }) {
      const name = typed.trim().normalize('NFC')
      if (name === '') throw new AppError('invalid_input', 'A view needs a name.')
      const saved = { id: id ?? kernel.ids.next(), name, view, madeBy: actor.id }
      return transaction(
        storage.db,
        async tx => {
          const other = await viewStore.withName(tx, name)
          if (other && other.id !== id) {
            throw new AppError('conflict', `There is already a view “${other.name}”. Choose another name.`)
          }
          if (id !== null && !(await viewStore.find(tx, id))) throw notFound('view', id)
          await viewStore.save(tx, saved, kernel.clock.now())
          const result = await viewStore.find(tx, saved.id)
          if (!result) throw notFound('view', saved.id)
          return result
        },
        { name: 'contacts.saveView' },
      )
    },

    async removeView({ id }) {
      await transaction(storage.db, tx => viewStore.remove(tx, id), { name: 'contacts.removeView' })
      return { done: true }
    },
  }
}
