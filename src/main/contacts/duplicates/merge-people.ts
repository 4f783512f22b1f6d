import type { MergePlan } from '../../../shared/contract/duplicates.ts'
import { AppError, notFound } from '../../../shared/contract/failure.ts'
import type { Compliance } from '../../compliance/index.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import type { Tx } from '../../storage/transaction.ts'
import { journalStore } from '../changes/journal-store.ts'
import { keepRefusals } from '../changes/keep-refusals.ts'
import { EVERYTHING_AND_BELONGINGS } from '../changes/snapshot.ts'
import { nameOf } from '../contact-row.ts'
import { contactStore } from '../contact-store.ts'
import type { Figures } from '../scores/figures.ts'
import { mergePeopleStore } from './merge-people-store.ts'
import { addressesLost, mergedValues } from './merged-values.ts'

/** What a merge is made with. */
export interface MergeParts {
  readonly kernel: Kernel
  readonly compliance: Compliance
  readonly figures: Pick<Figures, 'compute'>
}

/** Who becomes one, within which change. */
export interface Merge {
  readonly changeNo: number
  readonly plan: MergePlan
  readonly otherIds: readonly string[]
  readonly actor: string
}

/**
 * Makes one contact of several in the caller's transaction, recorded so that it can be undone. What was sent to the others
 * stays on record under their own ids, which `contact_aliases` leads to the contact that stays. A message to one of them
 * that still waits in a campaign goes to the one that stays when its turn comes, unless she has it: one message a person.
 */
export async function mergePeople(tx: Tx, parts: MergeParts, merge: Merge): Promise<void> {
  const { plan, otherIds, changeNo, actor } = merge
  const { kernel } = parts
  const ids = [plan.survivorId, ...otherIds]
  if (new Set(ids).size !== ids.length) throw new AppError('invalid_input', 'A contact cannot be merged with herself.')
  const people = []
  for (const id of ids) {
    const person = await contactStore.find(tx, id)
    if (!person) throw notFound('contact', id)
    people.push(person)
  }
  const numbers = await mergePeopleStore.numbers(tx, ids)
  const numberOf = (id: string): number => numbers.get(id)?.no ?? 0
  const values = mergedValues(plan, people)
  const nos = ids.map(numberOf)
  const otherNos = otherIds.map(numberOf)
  const survivorNo = numberOf(plan.survivorId)
  await journalStore.before(tx, changeNo, nos, EVERYTHING_AND_BELONGINGS)
  await keepRefusals(tx, parts.compliance, otherIds)
  const now = kernel.clock.now()
  const emailFrom = numbers.get(plan.fields.email ?? plan.survivorId)
  const [twin, emailNo] = [emailFrom?.twin ?? 0, emailFrom?.no ?? 0]
  await mergePeopleStore.apply(tx, { changeNo, survivorNo, otherNos, values, twin, emailNo, actor, now })
  const lost = addressesLost(values, people)
  const names = people.filter(({ id }) => id !== plan.survivorId).map(nameOf)
  const body = `Merged with ${names.join(', ')}.${lost.length > 0 ? ` Other addresses: ${lost.join(', ')}.` : ''}`
  await contactStore.addNote(
    tx,
    { id: kernel.ids.next(), contactId: plan.survivorId, body: body.slice(0, 10_000), authorId: actor },
    now,
  )
  await parts.figures.compute(tx, nos)
  await journalStore.after(tx, changeNo, nos)
}
