import type { ImportFindings } from '../../../../shared/contract/import-checks.ts'
import { changesKnown } from '../mapping/field-policy.ts'
import { bytesToRead } from '../reading/bytes-to-read.ts'
import { readTable } from '../reading/read-table.ts'
import type { TableRow } from '../reading/table-row.ts'
import type { FileFindings, InspectionPort, InspectRequest } from '../thread/import-reader.ts'
import type { CheckedRow, ContactDraft } from './checked-row.ts'
import { createComparison } from './compare-contact.ts'
import { createIdentSet } from './ident-set.ts'
import { readKnown } from './known-contact.ts'
import { createPhoneTwins } from './phone-twins.ts'
import { previewOf } from './preview.ts'
import { createProblemGroups } from './problem-groups.ts'
import { createRowCheck } from './row-check.ts'

const ROWS_PREVIEWED = 50
const CHANGES_KEPT = 2000
const CONTACTS_A_QUESTION = 2000

interface Asked {
  readonly line: number
  readonly draft: ContactDraft
}

/**
 * Checks the rows of a file and counts what would become of them as the import itself will count; writes nothing. Null when
 * the port said to stop.
 */
export async function inspectFile(request: InspectRequest, port: InspectionPort): Promise<FileFindings | null> {
  const { mapping, options } = request
  const check = createRowCheck(mapping, options)
  const whole = (await bytesToRead(request.path, request.reading)) <= request.wholeUpToBytes
  const problems = createProblemGroups()
  const comparison = createComparison(options)
  const idents = createIdentSet()
  const filled = mapping.map(() => 0)
  const preview: ImportFindings['preview'] = []
  const changes: FileFindings['changes'][number][] = []
  const estimate = { created: 0, updated: 0, unchanged: 0, duplicates: 0, rejected: 0 }
  const twins = createPhoneTwins(estimate)
  const isAlwaysNew = options.duplicates === 'make_new'
  const updates = changesKnown(options)
  let rows = 0
  let asked: Asked[] = []

  function take(row: TableRow): void {
    rows += 1
    mapping.forEach(({ column }, index) => {
      if (row.cells[column]?.trim()) filled[index] = (filled[index] ?? 0) + 1
    })
    const checked = check(row)
    for (const problem of checked.problems) problems.add(row.line, problem)
    if (preview.length < ROWS_PREVIEWED) preview.push(previewRow(row, checked))
    if (checked.kind === 'rejected') {
      estimate.rejected += 1
      return
    }
    const { contact } = checked
    const isFirst = idents.add(contact.ident)
    if (!isFirst) {
      const value = contact.ident.slice(1)
      problems.add(row.line, { kind: 'repeated_in_file', severity: 'warning', value })
    }
    if (isAlwaysNew) estimate.created += 1
    else if (isFirst) asked.push({ line: row.line, draft: contact })
    else estimate.duplicates += 1
  }

  async function recognise(): Promise<void> {
    if (asked.length === 0) return
    const batch = asked
    asked = []
    const answer = await port.lookUp(JSON.stringify(batch.map(({ draft }) => [draft.ident, draft.externalIds])))
    const known = new Map(readKnown(answer).map(contact => [contact.ident, contact]))
    for (const { line, draft } of batch) {
      const contact = known.get(draft.ident)
      if (contact === undefined) {
        estimate.created += 1
        twins.created(draft)
        continue
      }
      const found = comparison.changesOf(contact, draft)
      if (!updates) estimate.duplicates += 1
      else if (found.length === 0) estimate.unchanged += 1
      else {
        estimate.updated += 1
        if (changes.length >= CHANGES_KEPT) continue
        const name = `${contact.firstName} ${contact.lastName}`.trim() || contact.email || contact.phone || ''
        changes.push({ line, contactId: contact.id, name, changes: [...found] })
      }
    }
  }

  let complete = true
  reading: for await (const piece of readTable(request.path, request.reading)) {
    for (const row of piece.rows) {
      if (!whole && rows >= request.mostRows) {
        complete = false
        break reading
      }
      take(row)
      if (asked.length >= CONTACTS_A_QUESTION) await recognise()
    }
    if (port.isStopped()) return null
    port.progress(rows, piece.bytesRead)
  }
  await recognise()
  return {
    rows,
    complete,
    estimate,
    problems: problems.list(),
    differences: comparison.differences(),
    preview,
    filled,
    changes,
  }
}

function previewRow(row: TableRow, checked: CheckedRow): ImportFindings['preview'][number] {
  const cells = row.cells.map(cell => cell.slice(0, 500))
  return checked.kind === 'contact'
    ? { line: row.line, cells, contact: previewOf(checked.contact), fault: '' }
    : { line: row.line, cells, contact: {}, fault: checked.reason }
}
