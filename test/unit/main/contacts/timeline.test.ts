import { expect, test } from 'vitest'
import { type TimelineSources, timelineOf } from '../../../../src/main/contacts/timeline.ts'

const NOTHING: TimelineSources = {
  created: { at: 0, source: 'import readers.csv' },
  notes: [],
  consents: [],
  suppressions: [],
  memberships: [],
  messages: [],
  ledger: [],
}

test('the file of an import is named', () => {
  expect(timelineOf(NOTHING, 10)).toMatchObject([{ kind: 'imported', title: 'Imported', detail: 'readers.csv' }])
})

test('what the campaign did is told with the campaign’s name, the effect above its cause', () => {
  const about = { campaignId: 'c', messageId: 'm', campaignName: 'News' }
  const line = (at: number, kind: string, data: object) => ({
    ...about,
    at,
    kind,
    channel: 'email',
    data: JSON.stringify(data),
  })
  const entries = timelineOf(
    {
      ...NOTHING,
      messages: [{ ...about, at: 5 }],
      ledger: [
        line(9, 'clicked', { url: 'https://www.example.com/' }),
        line(5, 'rejected', { n: 1, class: 'permanent_address', code: '550 5.1.1', reply: 'No such mailbox' }),
      ],
    },
    3,
  )
  expect(entries.map(entry => [entry.title, entry.detail])).toEqual([
    ['Clicked a link in “News”', 'https://www.example.com/'],
    ['Could not be reached with “News”', '550 5.1.1 No such mailbox'],
    ['Chosen for “News”', ''],
  ])
})

test('what cannot be read in a ledger line is left out, and a deleted campaign is said to be one', () => {
  const ledger = [
    { at: 9, kind: 'skipped', campaignId: 'c', messageId: 'm', campaignName: null, channel: null, data: '[]' },
  ]
  expect(timelineOf({ ...NOTHING, ledger }, 1)).toMatchObject([
    { title: 'Was left out of a campaign that was deleted', detail: '' },
  ])
})
