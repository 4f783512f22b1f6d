import { z } from 'zod'
import { AppError } from '../../../shared/contract/failure.ts'
import type { Accounts } from '../../accounts/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import { seededRandom } from '../../kernel/random.ts'
import type { Sending } from '../../sending/index.ts'
import { type Reader, type Tx, transaction } from '../../storage/transaction.ts'
import { samplePeople } from './people.ts'
import { type SampleIds, sampleWorld } from './sample-rows.ts'
import { sampleStore } from './sample-store.ts'

const KEY = 'workspace.sample'
const PEOPLE = 240
const SEED = 20261120

const Remembered = z.object({
  campaign: z.string(),
  lists: z.array(z.string()),
  tags: z.array(z.string()),
  templates: z.array(z.string()),
})

/** Puts made-up contacts, templates and a finished campaign into a workspace, and takes them out again. */
export interface Sample {
  isLoaded(reader: Reader): Promise<boolean>
  /** Loads it once: with the sample there already nothing happens. */
  load(actor: string): Promise<void>
  /** Takes out what was made up; without a sample nothing happens. What she made herself stays. */
  remove(actor: string): Promise<void>
}

type SampleParts = DomainParts & { readonly accounts: Accounts; readonly sending: Pick<Sending, 'record'> }

/** The sample of one workspace. */
export function createSample(parts: SampleParts): Sample {
  const { kernel, storage, accounts } = parts

  async function remembered(reader: Reader): Promise<SampleIds | null> {
    const stored = await accounts.setting(reader, KEY)
    return stored === null || stored === '' ? null : Remembered.parse(JSON.parse(stored))
  }

  function changed(): void {
    for (const entity of [
      'contact',
      'list',
      'tag',
      'suppression',
      'template',
      'campaign',
      'message',
      'settings',
    ] as const) {
      kernel.events.publish({ kind: 'changed', entity, ids: [] })
    }
  }

  return {
    isLoaded: async reader => (await remembered(reader)) !== null,

    async load(actor) {
      const done = await transaction(
        storage.db,
        async tx => {
          if (await remembered(tx)) return false
          const world = sampleWorld({
            ...(await surroundings(tx)),
            newId: () => kernel.ids.next(),
            now: kernel.clock.now(),
            actor,
            runId: parts.runId,
          })
          await sampleStore.insert(tx, world.rows, actor)
          await parts.sending.record(tx, world.ledger)
          await accounts.setSetting(tx, KEY, JSON.stringify(world.ids))
          await accounts.audit(tx, {
            actor,
            action: 'sample.loaded',
            entity: 'workspace',
            entityId: world.ids.campaign,
            data: { contacts: world.rows.contacts.length },
          })
          return true
        },
        { name: 'sample.load' },
      )
      if (done) changed()
    },

    async remove(actor) {
      const done = await transaction(
        storage.db,
        async tx => {
          const ids = await remembered(tx)
          if (!ids) return false
          await sampleStore.removeCampaign(tx, ids.campaign)
          const contacts = await sampleStore.removePeople(tx)
          await sampleStore.removeUnused(tx, ids)
          await accounts.setSetting(tx, KEY, '')
          await accounts.audit(tx, {
            actor,
            action: 'sample.removed',
            entity: 'workspace',
            entityId: ids.campaign,
            data: { contacts },
          })
          return true
        },
        { name: 'sample.remove' },
      )
      if (done) changed()
    },
  }
}

/** What the workspace has already and the sample must fit in with. */
async function surroundings(tx: Tx) {
  const random = seededRandom(SEED)
  const senderId = await sampleStore.practiceSender(tx)
  if (senderId === null) {
    throw new AppError('unavailable', 'The practice account is not there. Close Tidings and start it again.')
  }
  const everybody = samplePeople(random, PEOPLE)
  const taken = await sampleStore.takenEmails(
    tx,
    everybody.flatMap(person => (person.email === null ? [] : [person.email])),
  )
  const people = everybody.filter(person => person.email === null || !taken.has(person.email))
  const names = await sampleStore.takenNames(tx)
  const freeName = (name: string): string => (names.lists.has(name.toLowerCase()) ? freeName(`${name} (sample)`) : name)
  const listNames = [freeName('Newsletter'), freeName('Customers 2026')] as const
  return { random, senderId, people, listNames, knownTags: names.tags }
}
