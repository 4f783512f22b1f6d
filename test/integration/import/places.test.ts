import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PLACE_JOB, placeJob } from '../../../src/main/contacts/import/places/place-job.ts'
import { placeStore } from '../../../src/main/contacts/import/places/place-store.ts'
import { transaction } from '../../../src/main/storage/transaction.ts'
import { discard, type ImportWorkspace, openImportWorkspace } from './import-workspace.ts'

let workspace: ImportWorkspace
beforeEach(async () => {
  workspace = await openImportWorkspace()
  await sql`pragma synchronous = off`.execute(workspace.storage.db)
})
afterEach(() => discard(workspace))

const ROWS = 6000
const FILE = `Email,Latitude,Longitude\n${Array.from({ length: ROWS }, (_, n) => line(n)).join('')}`

function line(n: number): string {
  const place = n % 10 === 0 ? ',' : `${((n * 37) % 1790) / 10 - 89},${((n * 101) % 3590) / 10 - 179}`
  return `p${n}@example.org,${place}\n`
}

/** What the R*Tree holds that it should not, and what it lacks, by number. */
async function differences(): Promise<unknown[]> {
  const { rows } = await sql`
    select no from contacts c where latitude is not null and longitude is not null
      and not exists (select 1 from contact_places p where p.no = c.no
        and c.latitude between p.min_latitude and p.max_latitude and c.longitude between p.min_longitude and p.max_longitude)
    union all
    select p.no from contact_places p left join contacts c on c.no = p.no where c.latitude is null or c.longitude is null`.execute(
    workspace.storage.reader,
  )
  return rows
}

async function runJob(): Promise<unknown> {
  const job = { id: 'j', subject: 'contacts', payload: {}, attempt: 1, signal: new AbortController().signal }
  return placeJob({ kernel: workspace.kernel, storage: workspace.storage }).run({ ...job, progress: () => undefined })
}

test('a large import leaves places to a job, which takes in all as they are by then', async () => {
  const { storage } = workspace
  expect(await workspace.importText(FILE)).toMatchObject({ state: 'done', created: ROWS })
  expect(await placeStore.deferredFrom(storage.reader)).toBe(1)
  expect(await differences()).toHaveLength(ROWS * 0.9)
  const waiting = await storage.reader.selectFrom('jobs').select('kind').where('kind', '=', PLACE_JOB).execute()
  expect(waiting).toHaveLength(1)
  // Somebody moves, somebody gets a place, and somebody goes while the job waits.
  await sql`update contacts set latitude = 1.5, longitude = 2.5 where no in (1, 2, 3, 4, 5)`.execute(storage.db)
  await sql`update contacts set latitude = null where no = 77`.execute(storage.db)
  await sql`delete from contacts where no = 99`.execute(storage.db)
  expect(await runJob()).toEqual({ kind: 'done' })
  expect(await differences()).toEqual([])
  expect(await placeStore.deferredFrom(storage.reader)).toBeNull()
  await workspace.importText('Email,Latitude,Longitude\nlate@example.org,3.5,4.5\n')
  expect(await differences()).toEqual([])
})

test('the job waits for imports, and ends what another one began', async () => {
  const { storage } = workspace
  await workspace.importText(FILE)
  await sql`update imports set state = 'running'`.execute(storage.db)
  expect(await runJob()).toMatchObject({ kind: 'retry' })
  await sql`update imports set state = 'done'`.execute(storage.db)
  const some = await placeStore.neighbours(storage.reader, 1, 2000)
  await transaction(storage.db, tx => placeStore.add(tx, some))
  await transaction(storage.db, tx => placeStore.settle(tx, 500))
  // Inserted in front of what waits, as when a deletion is undone: at once. Moved behind it: not lost.
  await sql`update contacts set latitude = latitude / 2 where no in (100, 1500, 5000)`.execute(storage.db)
  expect(await placeStore.deferredFrom(storage.reader)).toBe(501)
  expect(await runJob()).toEqual({ kind: 'done' })
  expect(await differences()).toEqual([])
})

test('places that an undo leaves in the index are taken out by the job, but of those who are back', async () => {
  const { storage } = workspace
  await workspace.importText(FILE)
  await runJob()
  const { db } = storage
  await sql`create temp table kept as select * from contacts where latitude is not null order by no limit 3`.execute(db)
  await sql`insert into contact_places_gone select no from contacts where latitude is not null and no <= 3000`.execute(
    db,
  )
  const left = await storage.reader.selectFrom('contact_places_gone').select('no').execute()
  expect(left.length).toBeGreaterThan(2000)
  await sql`delete from contacts where no <= 3000`.execute(db)
  expect(await differences()).toHaveLength(left.length)
  await sql`update kept set latitude = 7.5 where no = (select min(no) from kept)`.execute(db)
  await sql`update kept set latitude = null, longitude = null where no = (select max(no) from kept)`.execute(db)
  await sql`insert into contacts select * from kept`.execute(db)
  expect(await differences()).toHaveLength(left.length - 3)
  expect(await runJob()).toEqual({ kind: 'done' })
  expect(await differences()).toEqual([])
  expect(await placeStore.hasGone(storage.reader)).toBe(false)
})
