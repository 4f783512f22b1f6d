import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { days } from '../../../src/main/kernel/clock.ts'
import { ContactExport } from '../../../src/shared/contract/contacts.ts'
import { openPeopleDomains, type PeopleDomains } from '../../support/people-domains.ts'
import { scheduledTime } from '../../support/scheduled-time.ts'

const EVERYTHING = ContactExport.parse({})

const filesOf = async ({ folder }: PeopleDomains): Promise<readonly string[]> =>
  readdir(join(folder, 'files')).catch(() => [])

test('the file of an export is there for a week, and then nothing is left of it', async () => {
  await using domains = await openPeopleDomains()
  const { contacts } = domains
  const context = await domains.context()
  await contacts.create({ firstName: 'Ann', email: 'ann@example.org' }, context)
  await using time = scheduledTime(domains)
  const { id } = await contacts.startExport(EVERYTHING, context)
  await time.pass(0)
  const atOnce = await contacts.export(EVERYTHING, context)
  expect(await contacts.exportState({ id }, context)).toMatchObject({ state: 'done', written: 1 })
  expect(await filesOf(domains)).toHaveLength(2)
  expect(await filesOf(domains)).toContain(atOnce.token)
  await time.pass(days(6))
  expect(await filesOf(domains)).toHaveLength(2)
  await time.pass(days(2))
  expect(await filesOf(domains)).toEqual([])
  await expect(contacts.exportState({ id }, context)).rejects.toMatchObject({ code: 'not_found' })
})

test('an export that was given up before it began leaves no file', async () => {
  await using domains = await openPeopleDomains()
  const context = await domains.context()
  const { id } = await domains.contacts.startExport(EVERYTHING, context)
  expect(await filesOf(domains)).toHaveLength(1)
  await domains.contacts.cancelExport({ id }, context)
  expect(await filesOf(domains)).toEqual([])
})

test('an export whose work was lost is over at the next start, and its file is gone', async () => {
  await using domains = await openPeopleDomains()
  const { contacts, parts } = domains
  const context = await domains.context()
  const { id } = await contacts.startExport(EVERYTHING, context)
  await parts.storage.db.deleteFrom('jobs').execute()
  await using time = scheduledTime(domains)
  await time.pass(0)
  expect(await filesOf(domains)).toEqual([])
  expect(await contacts.exportState({ id }, context)).toMatchObject({
    state: 'failed',
    reason: 'The export was interrupted. Start it again.',
    file: null,
  })
})
