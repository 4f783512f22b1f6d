import { z } from 'zod'
import type { DomainParts } from '../../domain-parts.ts'
import type { JobKind, JobResult, JobRun } from '../../scheduling/jobs.ts'
import { type Tx, transaction } from '../../storage/transaction.ts'
import { blockKeys } from './block-keys.ts'
import { createBlocks, MOST_CONTACTS, PARTS } from './blocks.ts'
import { type CompareKeys, compareKeys } from './compare-keys.ts'
import { duplicateStore } from './duplicate-store.ts'
import { createFindings, type Findings, type FoundGroup } from './findings.ts'

/** The kind of job that looks for duplicates; there is one at a time. */
export const FIND_JOB = 'contacts.find_duplicates'
export const FIND_SUBJECT = 'contacts'

const Payload = z.object({})
// Small steps: reading and folding a thousand held up the window for 200 ms.
const PEOPLE_A_PAGE = 250
const PEOPLE_A_COMPARISON = 400
const GROUPS_A_STEP = 1000

/**
 * The job that looks for contacts that may be one person: reads everybody once and files them under their block keys, then
 * compares whoever shares one. What it finds takes the place of what was found before only at the end, so a killed search
 * begins again and leaves nothing half.
 */
export function findJob(parts: DomainParts, found: () => void): JobKind<z.infer<typeof Payload>> {
  const { storage, kernel } = parts

  async function run(job: JobRun<z.infer<typeof Payload>>): Promise<JobResult> {
    const nos: number[] = []
    const blocks = createBlocks()
    const total = Math.min(await duplicateStore.count(storage.reader), MOST_CONTACTS)
    while (!job.signal.aborted && nos.length < MOST_CONTACTS) {
      const people = await duplicateStore.peopleAfter(storage.reader, nos.at(-1) ?? 0, PEOPLE_A_PAGE)
      for (const person of people) {
        for (const key of blockKeys(compareKeys(person))) blocks.file(key, nos.length)
        nos.push(person.no)
      }
      if (people.length < PEOPLE_A_PAGE) break
      job.progress(nos.length / 2, total)
    }
    const findings = createFindings(await duplicateStore.dismissed(storage.reader))
    for (let part = 0; part < PARTS && !job.signal.aborted; part++) {
      await compare(blocks.sharing(part), nos, findings)
      job.progress(Math.round((total * (1 + (part + 1) / PARTS)) / 2), total)
    }
    if (job.signal.aborted) {
      return job.signal.reason === 'cancelled'
        ? { kind: 'dead', reason: 'cancelled' }
        : { kind: 'retry', at: kernel.clock.now(), reason: '' }
    }
    await keep(findings.groups())
    found()
    return { kind: 'done' }
  }

  /** Writes the groups beside those of the search before, a few at a time, shows them, and removes the earlier ones. */
  async function keep(groups: readonly FoundGroup[]): Promise<void> {
    const write = <R>(work: (tx: Tx) => Promise<R>): Promise<R> =>
      transaction(storage.db, work, { name: 'duplicates.found', priority: 'bulk' })
    const clear = async (): Promise<void> => {
      while ((await write(tx => duplicateStore.clear(tx, GROUPS_A_STEP))) > 0);
    }
    // A search that was killed may have left some.
    await clear()
    const search = (await duplicateStore.shown(storage.reader)) + 1
    for (let from = 0; from < groups.length; from += GROUPS_A_STEP) {
      const some = JSON.stringify(groups.slice(from, from + GROUPS_A_STEP))
      await write(tx => duplicateStore.addGroups(tx, search, some))
    }
    await write(tx => duplicateStore.show(tx, search, kernel.clock.now()))
    await clear()
  }

  /** Compares the contacts of some blocks, a few hundred blocks at a time so that the event loop goes on in between. */
  async function compare(
    blocks: readonly (readonly number[])[],
    nos: readonly number[],
    findings: Findings,
  ): Promise<void> {
    let batch: number[][] = []
    let people = 0
    for (const block of blocks) {
      batch.push(block.flatMap(position => nos[position] ?? []))
      people += block.length
      if (people < PEOPLE_A_COMPARISON) continue
      await compareBatch(batch, findings)
      batch = []
      people = 0
    }
    if (batch.length > 0) await compareBatch(batch, findings)
  }

  async function compareBatch(batch: readonly (readonly number[])[], findings: Findings): Promise<void> {
    const keys = new Map<number, CompareKeys>()
    for (const person of await duplicateStore.people(storage.reader, [...new Set(batch.flat())])) {
      keys.set(person.no, compareKeys(person))
    }
    for (const block of batch) findings.compare(block.flatMap(no => keys.get(no) ?? []))
  }

  return {
    kind: FIND_JOB,
    payload: Payload,
    title: () => 'Look for duplicate contacts',
    link: () => '/duplicates',
    canCancel: true,
    run,
  }
}
