import { z } from 'zod'
import { MemberId } from '../../shared/contract/define.ts'
import type { RemovedMember } from '../accounts/index.ts'
import type { DomainParts } from '../domain-parts.ts'
import type { Tx } from '../storage/transaction.ts'
import type { BulkChanges } from './bulk/bulk.ts'
import { contactStore } from './contact-store.ts'
import { EVERYBODY } from './table/contact-condition-store.ts'

const PASS_ON_JOB = 'contacts.pass_on'
const Payload = z.object({ memberId: MemberId, heirId: MemberId.nullable(), actor: z.string() })

/**
 * Registers the job that gives the contacts of a removed member to her heir; returns what adds it. The job begins a bulk
 * change, which can be undone like any other; begun twice, the second finds nobody left.
 */
export function passOnContacts(
  parts: DomainParts & { readonly bulk: BulkChanges },
): (tx: Tx, removed: RemovedMember) => Promise<void> {
  const { kernel, storage, jobs, bulk } = parts
  jobs.register({
    kind: PASS_ON_JOB,
    payload: Payload,
    title: () => 'Pass on the contacts of a removed member',
    link: () => null,
    canCancel: false,
    async run({ payload: { memberId, heirId, actor } }) {
      if (await contactStore.ownsAny(storage.reader, memberId)) {
        const filter = {
          ...EVERYBODY,
          conditions: [{ kind: 'owners' as const, operator: 'any' as const, ids: [memberId] }],
        }
        const hers = { kind: 'filter' as const, filter, except: [], expected: null }
        // Who was an heir may have been removed since; then nobody is.
        const isThere = heirId !== null && (await contactStore.owners(storage.reader)).includes(heirId)
        await bulk.begin(hers, { kind: 'set_fields', fields: { ownerId: isThere ? heirId : null } }, actor)
      }
      return { kind: 'done' }
    },
  })
  return async (tx, removed) => {
    await jobs.add(tx, {
      kind: PASS_ON_JOB,
      subject: removed.memberId,
      payload: { ...removed },
      dueAt: kernel.clock.now(),
    })
  }
}
