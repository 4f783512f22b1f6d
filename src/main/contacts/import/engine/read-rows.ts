import type { Tx } from '../../../storage/transaction.ts'
import { filledTargets } from '../mapping/filled-targets.ts'
import { PLACE_JOB } from '../places/place-job.ts'
import { placeStore } from '../places/place-store.ts'
import { type ImportCounts, importStore } from '../runs/import-store.ts'
import type { RowsRequest } from '../thread/rows-request.ts'
import { contactIndexesStore } from './contact-indexes-store.ts'
import type { ImportCourse } from './import-course.ts'
import type { ImportCursor } from './import-cursor.ts'
import { mergeStore } from './merge-store.ts'
import { nameKey } from './name-key.ts'
import type { StagePoint } from './staging/stage-file.ts'

const NOTHING: ImportCounts = { created: 0, updated: 0, unchanged: 0, duplicates: 0, rejected: 0 }
// Below this the indexes are filled faster than anybody notices.
const FEWEST_FOR_NEW_INDEXES = 50_000
const FEWEST_FOR_LATER_PLACES = 5000
// With as many contacts there before, making the indexes anew would take as long as filling them.
const MOST_KNOWN_SHARE = 0.5

/** Reads the file and puts its rows aside; what is rejected is kept with its reason. */
export async function readRows(course: ImportCourse): Promise<void> {
  const { row, request, signal, importReader, kernel, jobs } = course
  if (course.cursor.phase === 'begin') {
    const cursor: ImportCursor = { ...course.cursor, phase: 'read', splits: [...(await importReader.splits(request))] }
    await course.write('import.begin', tx => advance(tx, course, cursor, NOTHING))
  }
  if (course.cursor.phase !== 'read') return
  const { splits, rowsRead, runBytes } = course.cursor
  const staging = { ...request, folder: course.folder, splits, skipRows: rowsRead, runBytes }
  for await (const point of importReader.stage(staging, signal)) {
    await keep(course, point)
    course.report()
  }
  if (signal.aborted) return
  await course.write('import.read', async tx => {
    const staged = course.cursor.rowsRead - course.cursor.rejected
    const known = await contactIndexesStore.count(tx, staged)
    const dwarfs = staged >= FEWEST_FOR_NEW_INDEXES && known <= staged * MOST_KNOWN_SHARE
    const indexes = dwarfs ? await contactIndexesStore.statements(tx) : []
    await contactIndexesStore.drop(tx, indexes)
    const lastKnownNo = await mergeStore.lastContactNo(tx)
    if (staged >= FEWEST_FOR_LATER_PLACES && bringsPlaces(request)) {
      await placeStore.defer(tx, lastKnownNo)
      await jobs.add(tx, { kind: PLACE_JOB, subject: 'contacts', payload: {}, dueAt: kernel.clock.now() })
    }
    await advance(tx, course, { ...course.cursor, phase: 'merge', lastKnownNo, indexes: [...indexes] }, NOTHING)
  })

  async function keep(into: ImportCourse, point: StagePoint): Promise<void> {
    const tags = point.tags.map(name => ({ id: into.kernel.ids.next(), name: name.trim(), name_key: nameKey(name) }))
    // Done again after a crash, these change nothing; only the cursor counts them.
    for (const rejects of point.rejects) {
      await into.write('import.rejects', tx => importStore.addRejects(tx, row.id, rejects))
    }
    const cursor = {
      ...into.cursor,
      rowsRead: point.rowsRead,
      rejected: into.cursor.rejected + point.rejected,
      runBytes: point.runBytes,
    }
    into.bytesRead = point.bytesRead
    await into.write('import.stage', async tx => {
      await importStore.ensureTags(tx, tags, into.row.change_no)
      await advance(tx, into, cursor, { ...NOTHING, rejected: point.rejected })
    })
  }
}

function bringsPlaces({ mapping, options }: RowsRequest): boolean {
  return filledTargets(mapping, options).has('latitude')
}

/** Moves the import on: in the store with the caller's transaction, and in memory. */
async function advance(tx: Tx, course: ImportCourse, cursor: ImportCursor, counts: ImportCounts): Promise<void> {
  await importStore.advance(tx, course.row.id, JSON.stringify(cursor), course.bytesRead, counts)
  course.cursor = cursor
}
