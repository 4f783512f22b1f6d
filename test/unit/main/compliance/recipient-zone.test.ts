import { expect, test } from 'vitest'
import { type Place, recipientZone } from '../../../../src/main/compliance/zone/recipient-zone.ts'

const NOWHERE: Place = { timeZone: null, country: '', region: '', latitude: null, longitude: null, phone: null }

const positions = (latitude: number, longitude: number): string | null =>
  latitude === 52.52 && longitude === 13.4 ? 'Europe/Berlin' : null

function zoneOf(place: Partial<Place>) {
  return recipientZone({ ...NOWHERE, ...place }, 'Europe/Rome', positions)
}

const NEW_YORK = 'America/New_York'
const CHICAGO = 'America/Chicago'
const DENVER = 'America/Denver'

const VECTORS: readonly (readonly [string, Partial<Place>, readonly string[], string, string])[] = [
  ['her own zone', { timeZone: 'Asia/Tokyo', country: 'US', region: 'CA' }, ['Asia/Tokyo'], 'contact', 'certain'],
  ['a state with one zone', { country: 'US', region: 'CA' }, ['America/Los_Angeles'], 'region', 'likely'],
  ['a state by its name', { country: 'us', region: 'new  york' }, [NEW_YORK], 'region', 'likely'],
  ['a state with its country', { country: 'US', region: 'US-CO' }, [DENVER], 'region', 'likely'],
  ['a state with two zones', { country: 'US', region: 'TN' }, [CHICAGO, NEW_YORK], 'region', 'uncertain'],
  [
    'a province with accents',
    { country: 'CA', region: 'Québec' },
    ['America/Toronto', 'America/Halifax'],
    'region',
    'uncertain',
  ],
  [
    'the state before the number',
    { country: 'US', region: 'GA', phone: '+12125550123' },
    [NEW_YORK],
    'region',
    'likely',
  ],
  ['a position', { latitude: 52.52, longitude: 13.4, phone: '+12125550123' }, ['Europe/Berlin'], 'position', 'likely'],
  ['an area code', { phone: '+12125550123' }, [NEW_YORK], 'phone', 'uncertain'],
  ['an area code of a state with two zones', { phone: '+12145550123' }, [CHICAGO, DENVER], 'phone', 'uncertain'],
  ['an area code and the same country', { country: 'US', phone: '+13075550123' }, [DENVER], 'phone', 'uncertain'],
  ['a country code', { phone: '+81312345678' }, ['Asia/Tokyo'], 'phone', 'uncertain'],
  [
    'a number of another country',
    { country: 'JP', phone: '+12125550123' },
    ['Asia/Tokyo', NEW_YORK],
    'phone',
    'uncertain',
  ],
  ['a country with one zone', { country: 'IT' }, ['Europe/Rome'], 'country', 'likely'],
  ['a country with one official time', { country: 'CN' }, ['Asia/Shanghai'], 'country', 'likely'],
  ['nothing', {}, ['Europe/Rome'], 'workspace', 'uncertain'],
  ['a zone that does not exist', { timeZone: 'Mars/Olympus', country: 'JP' }, ['Asia/Tokyo'], 'country', 'likely'],
  ['a country written out', { country: 'Italien' }, ['Europe/Rome'], 'workspace', 'uncertain'],
]

test.each(VECTORS)('finds the clock by %s', (_what, place, zones, source, confidence) => {
  expect(zoneOf(place)).toMatchObject({ zones, source, confidence })
})

test('a country with several zones may be any of them, the likeliest first', () => {
  const { zones, confidence } = zoneOf({ country: 'US' })
  expect(confidence).toBe('uncertain')
  expect(zones[0]).toBe(NEW_YORK)
  for (const zone of [
    CHICAGO,
    DENVER,
    'America/Phoenix',
    'America/Los_Angeles',
    'America/Anchorage',
    'Pacific/Honolulu',
  ])
    expect(zones).toContain(zone)
  expect(zones.length).toBeLessThan(12)
})

test('the zone of the workspace is the likeliest of its own country', () => {
  const place = { ...NOWHERE, country: 'US' }
  expect(recipientZone(place, CHICAGO, positions).zones[0]).toBe(CHICAGO)
})

test('knows the state by the number only where nobody wrote one down', () => {
  expect(zoneOf({ country: 'US', phone: '+12145550123' })).toMatchObject({ country: 'US', region: 'TX' })
  expect(zoneOf({ country: 'US', region: 'FL', phone: '+12145550123' })).toMatchObject({ country: 'US', region: 'FL' })
  expect(zoneOf({ country: 'MX', phone: '+12145550123' })).toMatchObject({ country: 'MX', region: '' })
})
