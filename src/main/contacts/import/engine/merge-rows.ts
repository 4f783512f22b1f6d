import { rm } from 'node:fs/promises'
import { transaction } from '../../../storage/transaction.ts'
import { importStore } from '../runs/import-store.ts'
import { attachedStore } from './attached-store.ts'
import { isPhoneIndex } from './contact-indexes-store.ts'
import type { ImportCourse } from './import-course.ts'
import { restoreIndexes } from './import-end.ts'
import { mergePlan } from './merge-columns.ts'
import type { MergeStep } from './merge-step.ts'
import { mergeStore } from './merge-store.ts'
import { nameKey } from './name-key.ts'
import type { SortedGroup } from './staging/sorted-groups.ts'
import { stagedColumns } from './staging/staged-row.ts'
import { FIRST_STEP_ROWS, nextStepRows } from './step-size.ts'

/** What is the same in every step of an import. */
type Common = Pick<MergeStep, 'rows' | 'plan' | 'lastKnownNo' | 'changeNo' | 'listId' | 'tagKeys' | 'source' | 'actor'>

/** Turns the rows that were put aside into contacts, in the order of their keys. */
export async function mergeRows(course: ImportCourse): Promise<void> {
  const { signal, request } = course
  if (course.cursor.phase !== 'merge' || signal.aborted) return
  const common = await commonOf(course)
  const sorting = {
    folder: course.folder,
    runBytes: course.cursor.runBytes,
    columns: stagedColumns(request),
    afterRow: course.cursor.merged,
  }
  let stepRows = FIRST_STEP_ROWS
  for await (const group of course.importReader.sort(sorting, signal)) {
    stepRows = await mergeGroup(course, common, group, stepRows)
    await rm(group.path, { force: true })
  }
  if (signal.aborted) return
  course.cursor = await restoreIndexes(course.storage, course.row.id, () => true)
  const cleared = { ...course.cursor, phase: 'clear' as const }
  // What was put aside goes after this: with it, everything that was merged is on disk.
  await transaction(course.storage.db, tx => importStore.moveCursor(tx, course.row.id, JSON.stringify(cleared)), {
    name: 'import.merged',
    priority: 'bulk',
  })
  course.cursor = cleared
}

async function commonOf({ row, request, cursor, kernel, write }: ImportCourse): Promise<Common> {
  const { options } = request
  const changeNo = row.change_no
  if (changeNo === null) throw new Error('An import without a change cannot be undone')
  const named = (name: string) => ({ id: kernel.ids.next(), name: name.trim(), name_key: nameKey(name) })
  const list = options.listName === '' ? null : named(options.listName)
  const listId =
    list === null
      ? null
      : await write('import.list', tx => importStore.ensureList(tx, list, changeNo, kernel.clock.now()))
  const tags = options.tags.map(named)
  await write('import.tags', tx => importStore.ensureTags(tx, tags, changeNo))
  return {
    rows: `${attachedName(row.number)}.rows`,
    plan: mergePlan(request),
    lastKnownNo: cursor.lastKnownNo,
    changeNo,
    listId,
    tagKeys: tags.map(tag => tag.name_key),
    source: (options.constants['source'] ?? `import ${row.file_name}`).slice(0, 200),
    actor: row.created_by,
  }
}

async function mergeGroup(
  course: ImportCourse,
  common: Common,
  group: SortedGroup,
  firstStepRows: number,
): Promise<number> {
  const { storage, row, signal } = course
  const name = attachedName(row.number)
  let stepRows = firstStepRows
  await attachedStore.attach(storage.db, group.path, name)
  try {
    while (course.cursor.merged < group.lastRow && !signal.aborted) {
      const { merged } = course.cursor
      const haveEmail = merged + 1 < group.firstWithoutEmail
      const last = haveEmail ? group.firstWithoutEmail - 1 : group.lastRow
      // Contacts without an e-mail address are looked up by their phone.
      if (!haveEmail) course.cursor = await restoreIndexes(storage, row.id, isPhoneIndex, course.cursor)
      stepRows = await mergeStep(course, common, Math.min(last, merged + stepRows), haveEmail, stepRows)
      course.report()
    }
  } finally {
    await attachedStore.detach(storage.db, name)
  }
  return stepRows
}

/** Merges some rows; returns how many the next step is to have. */
async function mergeStep(
  course: ImportCourse,
  common: Common,
  upTo: number,
  haveEmail: boolean,
  stepRows: number,
): Promise<number> {
  const { kernel, storage, row, cursor } = course
  const id = kernel.ids.next()
  const notePrefix = kernel.ids.next().slice(0, 28)
  const done = await transaction(
    storage.db,
    async tx => {
      const begun = kernel.clock.now()
      const result = await mergeStore.step(tx, {
        ...common,
        after: cursor.merged,
        upTo,
        haveEmail,
        idPrefix: id.slice(0, 28),
        // Half of the space above the beginning stays free for the rows of the step.
        idStart: Number.parseInt(id.slice(29), 16),
        notePrefix,
        now: begun,
      })
      const next = { ...cursor, merged: result.lastRow }
      await importStore.advance(tx, row.id, JSON.stringify(next), course.bytesRead, { ...result, rejected: 0 })
      return { next, tookMs: kernel.clock.now() - begun, full: result.rows === stepRows }
    },
    { name: 'import.merge', priority: 'bulk', flush: 'later' },
  )
  course.cursor = done.next
  return done.full ? nextStepRows(stepRows, done.tookMs) : stepRows
}

function attachedName(number: number): string {
  return `staged_${number}`
}
