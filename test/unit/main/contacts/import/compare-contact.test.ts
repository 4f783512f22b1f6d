import { expect, test } from 'vitest'
import { emptyDraft } from '../../../../../src/main/contacts/import/checks/checked-row.ts'
import { createComparison } from '../../../../../src/main/contacts/import/checks/compare-contact.ts'
import { KnownContact } from '../../../../../src/main/contacts/import/checks/known-contact.ts'
import { ImportOptions } from '../../../../../src/shared/contract/imports.ts'

const KNOWN = KnownContact.parse({
  ident: 'eann@example.org',
  id: 'c1',
  email: 'Ann@example.org',
  phone: null,
  firstName: 'Ann',
  lastName: '',
  company: '',
  street: '',
  city: 'Bonn',
  region: '',
  postalCode: '',
  country: '',
  latitude: 40.7128123456789,
  longitude: null,
  timeZone: null,
  language: null,
  birthday: null,
  leadStatus: '',
  leadQuality: '',
  socials: { mastodon: '@ann' },
  custom: { size: 12, member: false },
})
const DRAFT = {
  ...emptyDraft(),
  email: 'ann@example.org',
  emailKey: 'ann@example.org',
  firstName: 'Ann',
  lastName: 'Lee',
  city: 'Köln',
  // What JSON of SQLite keeps of the number above is 15 digits.
  latitude: 40.71281234567889,
  socials: { mastodon: '@lee', bluesky: 'ann' },
  custom: { size: 12, member: true },
}
const changesUnder = (options: object): string[] =>
  createComparison(ImportOptions.parse({ country: 'DE', ...options }))
    .changesOf(KNOWN, DRAFT)
    .map(({ field, before, after }) => `${field}: ${before} > ${after}`)

test('blanks are filled', () => {
  expect(changesUnder({ duplicates: 'fill_blanks' })).toEqual(['lastName:  > Lee', 'social:bluesky:  > ann'])
})

test('what differs is replaced, and what the file lacks stays', () => {
  expect(changesUnder({ duplicates: 'overwrite' })).toEqual([
    'lastName:  > Lee',
    'city: Bonn > Köln',
    'social:mastodon: @ann > @lee',
    'social:bluesky:  > ann',
    'custom:member: false > true',
  ])
})

test('a field follows its own policy', () => {
  expect(changesUnder({ duplicates: 'skip', fieldPolicies: { city: 'overwrite' } })).toEqual(['city: Bonn > Köln'])
  expect(changesUnder({ duplicates: 'overwrite', fieldPolicies: { 'custom:member': 'fill_blanks' } })).not.toContain(
    'custom:member: false > true',
  )
})

test('differences are counted whatever the policy', () => {
  const comparison = createComparison(ImportOptions.parse({ country: 'DE', duplicates: 'skip' }))
  comparison.changesOf(KNOWN, DRAFT)
  expect(comparison.differences()).toContainEqual({ field: 'city', missing: 0, different: 1, changes: 0 })
  expect(comparison.differences()).toContainEqual({ field: 'lastName', missing: 1, different: 0, changes: 0 })
})
