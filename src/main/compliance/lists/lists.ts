import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { stat, writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import { z } from 'zod'
import { AppError, notFound } from '../../../shared/contract/failure.ts'
import type { contract } from '../../../shared/contract/index.ts'
import type { ListSource, SuppressionList } from '../../../shared/contract/suppression-lists.ts'
import { CSV_BYTE_ORDER_MARK, csvRow } from '../../../shared/domain/csv-cell.ts'
import type { Accounts } from '../../accounts/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import type { Handlers } from '../../request.ts'
import type { JobKind, JobResult, JobRun } from '../../scheduling/jobs.ts'
import { type Reader, type Tx, transaction } from '../../storage/transaction.ts'
import { addressOnLine } from './list-lines.ts'
import { listStore } from './list-store.ts'

const Payload = z.object({ id: z.string() })
type Payload = z.infer<typeof Payload>

const STEP = 500
const SHOWN = 20
const EXPORT_PAGE = 1000

type ListRow = Awaited<ReturnType<typeof listStore.all>>[number]

/** What lists are made from. */
export interface ListParts extends DomainParts {
  readonly accounts: Accounts
}

/** The requests about lists of suppressions, and the job that reads them in. */
export function listHandlers(parts: ListParts): Handlers<(typeof contract)['suppressionLists']> {
  const { kernel, storage, accounts, files, jobs, scheduler } = parts
  jobs.register(listJob(parts))
  const changed = (): void => kernel.events.publish({ kind: 'changed', entity: 'suppression', ids: [] })

  async function view(reader: Reader, row: ListRow): Promise<SuppressionList> {
    const { no: _no, token: _token, cursor: _cursor, createdBy, ...rest } = row
    return {
      ...rest,
      isStale: row.validUntil !== null && row.validUntil <= kernel.clock.now(),
      createdBy: await accounts.memberName(reader, createdBy),
    }
  }

  /** The file of a list; what was pasted is kept in one, so that the work goes on after a crash. */
  async function fileOf(source: ListSource): Promise<{ token: string; name: string }> {
    if (source.kind === 'file') return files.find(source.token)
    const file = await files.create('pasted.txt')
    await writeFile(file.path, source.text, { mode: 0o600 })
    return { token: file.token, name: '' }
  }

  return {
    async preview({ source, channels }) {
      const { country } = await accounts.settings(storage.reader)
      const first: string[] = []
      if (source.kind === 'text') first.push(...source.text.split(/\r\n|\r|\n/).slice(0, SHOWN + 1))
      else {
        for await (const line of linesOf((await files.find(source.token)).path)) {
          first.push(line)
          if (first.length > SHOWN) break
        }
      }
      const lines = first.slice(0, SHOWN).map((text, n) => ({
        line: n + 1,
        text: text.slice(0, 200),
        address: addressOnLine(text, channels, country)?.key ?? null,
      }))
      return { lines, readable: lines.filter(one => one.address !== null).length, more: first.length > SHOWN }
    },

    async add({ source, terms }, { actor }) {
      const file = await fileOf(source)
      const id = kernel.ids.next()
      await transaction(
        storage.db,
        async tx => {
          const at = kernel.clock.now()
          await listStore.insert(tx, { id, terms, fileName: file.name, token: file.token, by: actor.id, at })
          await accounts.audit(tx, {
            actor: actor.id,
            action: 'suppression.list_added',
            entity: 'suppression',
            entityId: id,
            data: { name: terms.name, reason: terms.reason, channels: terms.channels, validUntil: terms.validUntil },
          })
          await jobs.add(tx, { kind: 'compliance.list', subject: id, payload: { id }, dueAt: at })
        },
        { name: 'compliance.list' },
      )
      scheduler.wake()
      changed()
      return view(storage.db, await known(storage.db, id))
    },

    async all() {
      const lists: SuppressionList[] = []
      for (const row of await listStore.all(storage.reader)) lists.push(await view(storage.reader, row))
      return { lists }
    },

    async undo({ id, reason }, { actor }) {
      await transaction(
        storage.db,
        async tx => {
          const list = await known(tx, id)
          if (list.state === 'running')
            throw new AppError('conflict', 'The list is still being read. Wait until it is done.')
          if (list.state === 'undone') throw new AppError('conflict', 'This list was taken back already.')
          const removed = await listStore.takeBack(tx, list.no)
          await listStore.end(tx, list.no, 'undone', kernel.clock.now())
          await accounts.audit(tx, {
            actor: actor.id,
            action: 'suppression.list_undone',
            entity: 'suppression',
            entityId: id,
            data: { removed, reason },
          })
        },
        { name: 'compliance.undoList' },
      )
      changed()
      return { done: true }
    },

    async export({ safeForSpreadsheets }, { signal }) {
      const file = await files.create('suppressions.csv')
      const out = createWriteStream(file.path, { mode: 0o600 })
      const done = finished(out)
      try {
        out.write(
          CSV_BYTE_ORDER_MARK +
            csvRow(['Channel', 'Address', 'Reason', 'Source', 'Note', 'Since'], safeForSpreadsheets),
        )
        let place: readonly [string, string, string] = ['', '', '']
        for (;;) {
          signal?.throwIfAborted()
          const rows = await listStore.after(storage.reader, place, EXPORT_PAGE)
          const last = rows.at(-1)
          if (last === undefined) break
          const text = rows.map(row =>
            csvRow(
              [row.channel, row.address, row.reason, row.source, row.note, new Date(row.at).toISOString()],
              safeForSpreadsheets,
            ),
          )
          if (!out.write(text.join(''))) await Promise.race([once(out, 'drain'), done])
          place = [last.channel, last.address, last.reason]
        }
        out.end()
        await done
        return { token: file.token, fileName: file.name, bytes: (await stat(file.path)).size }
      } catch (error) {
        out.destroy()
        await done.catch(() => undefined)
        await files.remove(file.token)
        throw error
      }
    },
  }
}

async function known(reader: Reader, id: string): Promise<ListRow> {
  const list = await listStore.find(reader, id)
  if (list === undefined) throw notFound('suppression list', id)
  return list
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const input = createReadStream(path, 'utf8')
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
  } finally {
    input.destroy()
  }
}

/** Suppresses a list step by step; rows and place are one transaction, so it goes on where it was after a crash. */
function listJob(parts: ListParts): JobKind<Payload> {
  const { kernel, storage, accounts, files } = parts

  async function run(job: JobRun<Payload>): Promise<JobResult> {
    const list = await known(storage.reader, job.payload.id)
    if (list.state !== 'running') return { kind: 'done' }
    const { country } = await accounts.settings(storage.reader)
    const file = await files.find(list.token)
    let line = 0
    let batch: string[] = []
    const step = (): Promise<void> =>
      transaction(storage.db, tx => writeStep(tx, list, batch, line, country), {
        name: 'compliance.listStep',
        priority: 'bulk',
      })
    for await (const text of linesOf(file.path)) {
      line += 1
      if (line <= list.cursor) continue
      if (job.signal.aborted) return { kind: 'retry', at: kernel.clock.now(), reason: '' }
      batch.push(text)
      if (batch.length < STEP) continue
      await step()
      batch = []
      job.progress(line, null)
    }
    if (batch.length > 0) await step()
    await transaction(storage.db, tx => listStore.end(tx, list.no, 'done', kernel.clock.now()), {
      name: 'compliance.listEnd',
    })
    await files.remove(list.token)
    kernel.events.publish({ kind: 'changed', entity: 'suppression', ids: [] })
    return { kind: 'done' }
  }

  async function writeStep(
    tx: Tx,
    list: ListRow,
    texts: readonly string[],
    cursor: number,
    country: string,
  ): Promise<void> {
    const filled = texts.filter(text => text.trim() !== '')
    const found = filled.flatMap(text => addressOnLine(text, list.channels, country) ?? [])
    const pairs = found.flatMap(one => one.channels.map(channel => [channel, one.key] as const))
    // STOP on a text means calls too.
    const stopped =
      list.reason === 'unsubscribe' && !list.channels.includes('voice')
        ? pairs.flatMap(([channel, key]) => (channel === 'sms' ? [['voice', key] as const] : []))
        : []
    const { no, reason, name, note } = list
    const added = await listStore.suppress(tx, { no, reason, name, note, at: kernel.clock.now() }, [
      ...pairs,
      ...stopped,
    ])
    if (reason === 'unsubscribe' || reason === 'complaint') {
      const emails = found.flatMap(one => (one.channels.includes('email') ? [one.key] : []))
      await listStore.leaveLists(tx, emails, kernel.clock.now())
    }
    await listStore.step(tx, no, {
      cursor,
      rows: filled.length,
      added,
      known: pairs.length + stopped.length - added,
      rejected: filled.length - found.length,
    })
  }

  return {
    kind: 'compliance.list',
    payload: Payload,
    title: () => 'Reading a list of suppressions',
    link: () => '/settings',
    canCancel: false,
    run,
  }
}
