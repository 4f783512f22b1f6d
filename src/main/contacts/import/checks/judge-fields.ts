import type { ImportFix } from '../../../../shared/contract/import-checks.ts'
import type { ContactDraft, RowProblem } from './checked-row.ts'
import { isInCapitals, nameCase } from './name-case.ts'

/** Leaves out coordinates beyond the globe, or swaps them back when that was chosen. */
export function judgeCoordinates(draft: ContactDraft, problems: RowProblem[], fixes: ReadonlySet<ImportFix>): void {
  const { latitude, longitude } = draft
  // Nearly all are; writing numbers as text for nothing takes longer than everything else about them.
  if (!fixes.has('swap_coordinates') && isWithin(latitude, 90) && isWithin(longitude, 180)) return
  const value = `${latitude ?? ''}, ${longitude ?? ''}`
  const becomes = `${longitude ?? ''}, ${latitude ?? ''}`
  if (fixes.has('swap_coordinates')) {
    draft.latitude = longitude
    draft.longitude = latitude
    problems.push({ kind: 'swapped_coordinates', severity: 'corrected', value, becomes, applied: 'swap_coordinates' })
  } else if (isOnly(latitude, 180) && !isOnly(latitude, 90) && isOnly(longitude, 90)) {
    problems.push({ kind: 'swapped_coordinates', severity: 'drops_value', value, becomes })
    draft.latitude = null
    draft.longitude = null
    return
  }
  if (draft.latitude !== null && !isOnly(draft.latitude, 90)) {
    problems.push({ kind: 'bad_number', severity: 'drops_value', value: String(draft.latitude) })
    draft.latitude = null
  }
  if (draft.longitude !== null && !isOnly(draft.longitude, 180)) {
    problems.push({ kind: 'bad_number', severity: 'drops_value', value: String(draft.longitude) })
    draft.longitude = null
  }
}

function isWithin(degrees: number | null, most: number): boolean {
  return degrees === null || Math.abs(degrees) <= most
}

function isOnly(degrees: number | null, most: number): boolean {
  return degrees !== null && Math.abs(degrees) <= most
}

/** Points out names in capitals, or writes them as names when that was chosen. */
export function judgeNames(draft: ContactDraft, problems: RowProblem[], fixes: ReadonlySet<ImportFix>): void {
  const { firstName, lastName } = draft
  const first = isInCapitals(firstName)
  const last = isInCapitals(lastName)
  if (!first && !last) return
  // Two capitals alone are often initials: "AJ Smith". With both names in capitals they are not.
  const [changesFirst, changesLast] = [first && (last || firstName.length > 2), last && (first || lastName.length > 2)]
  if (!changesFirst && !changesLast) return
  const written = {
    firstName: changesFirst ? nameCase(firstName) : firstName,
    lastName: changesLast ? nameCase(lastName) : lastName,
  }
  const value = `${firstName} ${lastName}`.trim()
  const becomes = `${written.firstName} ${written.lastName}`.trim()
  if (value === becomes) return
  if (fixes.has('name_case')) {
    problems.push({ kind: 'capitals', severity: 'corrected', value, becomes, applied: 'name_case' })
    draft.firstName = written.firstName
    draft.lastName = written.lastName
  } else problems.push({ kind: 'capitals', severity: 'warning', value, becomes })
}
