import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { pageOf } from '../../../../../src/main/contacts/timeline/timeline.ts'
import { words } from '../../../../../src/main/contacts/timeline/timeline-words.ts'
import type { TimelineEntry } from '../../../../../src/shared/contract/contacts.ts'

test('the file of an import is named', () => {
  expect(words.created({ at: 0, source: 'import readers.csv' })).toMatchObject({
    kind: 'imported',
    title: 'Imported',
    detail: 'readers.csv',
  })
})

const line = (kind: string, data: object | string, campaignName: string | null = 'News') =>
  words.ledger({
    at: 9,
    kind,
    campaignId: 'c',
    messageId: 'm',
    campaignName,
    data: typeof data === 'string' ? data : JSON.stringify(data),
  })

test('what the campaign did is told with the campaign’s name', () => {
  expect(line('clicked', { url: 'https://www.example.com/' })).toMatchObject({
    title: 'Clicked a link in “News”',
    detail: 'https://www.example.com/',
  })
  expect(line('rejected', { n: 1, code: '550 5.1.1', reply: 'No such mailbox' })).toMatchObject({
    title: 'Could not be reached with “News”',
    detail: '550 5.1.1 No such mailbox',
  })
})

test('what cannot be read in a ledger line is left out, and a deleted campaign is said to be one', () => {
  expect(line('skipped', '[]', null)).toMatchObject({
    title: 'Was left out of a campaign that was deleted',
    detail: '',
  })
})

test('amounts are told in the decimals of their currency', () => {
  const order = { at: 1, externalId: '7', valueMinor: 2933, status: 'paid', items: 'Blue Train' }
  expect(words.order({ ...order, currency: 'USD' })).toMatchObject({
    title: 'Bought for 29.33 USD',
    detail: 'Order 7: Blue Train',
  })
  expect(words.order({ ...order, currency: 'JPY' }).title).toBe('Bought for 2933 JPY')
})

const entry = (at: number, title: string): TimelineEntry => ({
  at,
  group: 'messages',
  kind: 'planned',
  title,
  detail: '',
  campaignId: null,
  messageId: null,
})

test('of two lines at the same instant, the effect stands above its cause', () => {
  const { entries } = pageOf([[entry(5, 'cause')], [entry(5, 'effect')]], { at: 9, skip: 0 }, 10)
  expect(entries.map(({ title }) => title)).toEqual(['effect', 'cause'])
})

property.prop([fc.array(fc.array(fc.nat(6), { maxLength: 8 }), { maxLength: 4 }), fc.integer({ min: 1, max: 5 })])(
  'pages put one behind the other are the whole timeline, whatever the instants',
  (instants, limit) => {
    const sources = instants.map((ats, source) =>
      ats.toSorted((a, b) => b - a).map((at, index) => entry(at, `${source}.${index}`)),
    )
    const all = pageOf(sources, { at: 99, skip: 0 }, 1000).entries
    const paged: TimelineEntry[] = []
    for (let place: { at: number; skip: number } | null = { at: 99, skip: 0 }; place !== null; ) {
      const { at, skip } = place
      // As the store reads: lines at or before the instant, as many as a page may need.
      const read = sources.map(lines => lines.filter(one => one.at <= at).slice(0, limit + skip + 1))
      const page = pageOf(read, place, limit)
      paged.push(...page.entries)
      place = page.next
    }
    expect(paged).toEqual(all)
  },
)
