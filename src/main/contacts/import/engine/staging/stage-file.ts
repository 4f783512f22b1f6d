import { createRowCheck } from '../../checks/row-check.ts'
import type { RowsRequest } from '../../thread/rows-request.ts'
import { nameKey } from '../name-key.ts'
import type { Share } from './sharing.ts'
import { type RowsPoint, type StagingPlace, stageRows } from './stage-rows.ts'
import { rowStager } from './staged-row.ts'

/** What to put aside, and where. */
export interface StageRequest extends RowsRequest, Omit<StagingPlace, 'runBytes'> {
  /** How long the file of each reader is; one that is missing begins. */
  readonly runBytes: readonly number[]
}

/** Some rows that were put aside, and the tags that no earlier point of the reader had. */
export interface StagePoint extends RowsPoint {
  readonly tags: readonly string[]
}

/** Reads a file in its order, checks the rows of a share and puts them aside by their keys. */
export async function* stageFile(request: StageRequest, share: Share): AsyncGenerator<StagePoint> {
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

  const place = { ...request, runBytes: request.runBytes[share.reader] ?? 0 }
  const points = stageRows(place, share, (row, aside, isDone) => {
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
