import type { contract } from '../../shared/contract/index.ts'
import type { DomainParts } from '../domain-parts.ts'
import type { Handlers } from '../request.ts'
import { activityStore } from './activity-store.ts'

/** The names of members and the number of messages under way, as this page needs them. */
interface ActivityParts extends DomainParts {
  readonly accounts: { memberName(reader: DomainParts['storage']['reader'], id: string): Promise<string> }
  readonly sending: { activeCount(): Promise<number> }
}

/** Answers what is going on in the background, and who did what. */
export function activityHandlers(parts: ActivityParts): Handlers<(typeof contract)['activity']> {
  const { jobs, storage } = parts
  return {
    async jobs({ offset, limit }) {
      const { rows, total } = await jobs.rows(storage.reader, offset, limit)
      return { total, rows: rows.map(row => ({ ...activityStore.toJob(row), ...jobs.describe(row) })) }
    },
    async cancel({ id }) {
      await jobs.cancel(id)
      return { done: true }
    },
    async audit({ offset, limit }) {
      const { rows, total } = await activityStore.audit(storage.reader, offset, limit)
      const named = await Promise.all(
        rows.map(async row => ({ ...row, actor: await parts.accounts.memberName(storage.reader, row.actor) })),
      )
      return { rows: named, total }
    },
    async running() {
      return { running: await activityStore.runningJobs(storage.reader), sending: await parts.sending.activeCount() }
    },
  }
}
