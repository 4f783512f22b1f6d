import { createRowCheck } from '../../checks/row-check.ts'
import type { RowsRequest } from '../../thread/rows-request.ts'
import { nameKey } from '../name-key.ts'
import { type RowsPoint, type StagingPlace, stageRows } from './stage-rows.ts'
import { rowStager } from './staged-row.ts'

/** What to put aside, and where. */
export interface StageRequest extends RowsRequest, StagingPlace {}

/** How far a file is read and put aside, and the tags that no earlier point had. */
export interface StagePoint extends RowsPoint {
  readonly tags: readonly string[]
}

/** Reads a file in its order, checks its rows and puts them aside by their keys. */
export async function* stageFile(request: StageRequest): AsyncGenerator<StagePoint> {
  const check = createRowCheck(request.mapping, request.options)
  const valuesOf = rowStager(request)
  const tagsSeen = new Set<string>()
  let tags: string[] = []

  function keyOfTag(tag: string): string {
    const key = nameKey(tag)
    if (!tagsSeen.has(key)) {
      tagsSeen.add(key)
      tags.push(tag)
    }
    return key
  }

  const points = stageRows(request, (row, aside, isDone) => {
    if (isDone) return
    const checked = check(row)
    if (checked.kind === 'rejected') {
      aside.reject(row, checked.field, checked.reason)
      return
    }
    const { contact } = checked
    if (contact.tags !== null) contact.tags = contact.tags.map(keyOfTag)
    aside.keep(contact.ident, valuesOf(contact))
  })
  for await (const point of points) {
    yield { ...point, tags }
    tags = []
  }
}
