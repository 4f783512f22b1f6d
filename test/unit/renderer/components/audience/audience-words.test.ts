import { expect, test } from 'vitest'
import { audienceWords } from '../../../../../src/renderer/components/audience/audience-words.ts'
import { placeTyped } from '../../../../../src/renderer/components/audience/editors/known-places.ts'
import { ruleSentence } from '../../../../../src/renderer/components/audience/rule-sentence.ts'
import type { RuleWords } from '../../../../../src/renderer/components/audience/rule-words.ts'
import { createFormats } from '../../../../../src/renderer/lib/formats.ts'
import { createTexts } from '../../../../../src/renderer/locales/texts.ts'
import { isStarter, ruleOf, STARTERS } from '../../../../../src/renderer/pages/segments/segment-starters.ts'
import { Audience } from '../../../../../src/shared/contract/campaigns.ts'
import { fieldCatalogue } from '../../../../../src/shared/domain/segment-fields.ts'
import { SegmentRule } from '../../../../../src/shared/domain/segment-rule.ts'

const { t } = await createTexts()
const words: RuleWords = {
  t,
  formats: createFormats('en-GB'),
  fields: fieldCatalogue([], []),
  names: new Map([
    ['l1', 'Regulars'],
    ['s1', 'VIP'],
  ]),
  currency: 'EUR',
}

test('an audience is said by the names of what was chosen and left out', () => {
  const audience = Audience.parse({
    listIds: ['l1'],
    segmentIds: ['s1', 'deleted'],
    customers: true,
    contactIds: ['c1', 'c2'],
    excludeRule: ruleOf('onceOnly'),
    exclusions: { messagedWithinHours: 48 },
  })
  expect(audienceWords(audience, 10, words)).toEqual({
    chosen: ['Regulars', 'VIP', 'No longer there', 'Customers', '2 people by address'],
    without: ['Everyone where Number of orders is 1.', 'people with a message in the last 48 hours'],
  })
})

test('everyone is everyone, whatever was chosen before', () => {
  const audience = Audience.parse({ everyone: true, listIds: ['l1'] })
  expect(audienceWords(audience, 1234, words)).toEqual({ chosen: ['Everyone (1,234)'], without: [] })
})

test('every starter is a valid rule that reads as a sentence', () => {
  for (const starter of STARTERS) {
    const rule = ruleOf(starter)
    expect(SegmentRule.safeParse(rule).error).toBeUndefined()
    expect(ruleSentence(rule, words)).toMatch(/^Everyone where [^.]+\.$/)
  }
  expect(isStarter('lapsed')).toBe(true)
  expect(isStarter('elsewhere')).toBe(false)
})

test('a place is known by its name or by its coordinates', () => {
  expect(placeTyped(' rome ')).toMatchObject({ name: 'Rome', latitude: 41.9028 })
  expect(placeTyped('-33.87, 151.21')).toEqual({ name: '', latitude: -33.87, longitude: 151.21 })
  expect(placeTyped('91, 10')).toBeNull()
  expect(placeTyped('Rom')).toBeNull()
})
