import { z } from 'zod'
import { offsetAt } from './offset.ts'
import { zonesOfAllRegions } from './regions.ts'

const Zones = z.array(z.string()).catch([])

/** Where most people of a country with several zones live. */
const LIKELIEST: Readonly<Record<string, string>> = {
  US: 'America/New_York',
  CA: 'America/Toronto',
  AU: 'Australia/Sydney',
  BR: 'America/Sao_Paulo',
  MX: 'America/Mexico_City',
  RU: 'Europe/Moscow',
  ES: 'Europe/Madrid',
  PT: 'Europe/Lisbon',
  CL: 'America/Santiago',
  EC: 'America/Guayaquil',
  ID: 'Asia/Jakarta',
  KZ: 'Asia/Almaty',
  MN: 'Asia/Ulaanbaatar',
  NZ: 'Pacific/Auckland',
  UA: 'Europe/Kiev',
  AR: 'America/Argentina/Buenos_Aires',
}

// One official time, whatever the tables of zones distinguish.
const ONE_TIME: Readonly<Record<string, string>> = {
  CN: 'Asia/Shanghai',
  DE: 'Europe/Berlin',
  VN: 'Asia/Ho_Chi_Minh',
  MY: 'Asia/Kuala_Lumpur',
}

const known = new Map<string, readonly string[]>()

/** The zones that clocks in a country keep, the likeliest first (Unicode CLDR); none for what is no country. */
export function zonesOfCountry(country: string): readonly string[] {
  const found = known.get(country)
  if (found !== undefined) return found
  const zones = /^[A-Z]{2}$/.test(country) ? distinct(country) : []
  known.set(country, zones)
  return zones
}

function distinct(country: string): readonly string[] {
  const single = ONE_TIME[country]
  if (single !== undefined) return [single]
  const all = zonesOfAllRegions(country) ?? zonesInTables(country)
  const first = LIKELIEST[country]
  const byClock = new Map<string, string>()
  for (const zone of [...(first === undefined ? [] : [first]), ...all]) {
    const clock = clockOf(zone)
    if (!byClock.has(clock)) byClock.set(clock, zone)
  }
  return [...byClock.values()]
}

/** Zones whose clocks agree all year are one for our purpose. */
function clockOf(zone: string): string {
  const offsets: number[] = []
  for (let month = 0; month < 24; month++) offsets.push(offsetAt(zone, Date.UTC(2026, month, 1)))
  for (let month = 0; month < 24; month++) offsets.push(offsetAt(zone, Date.UTC(2026, month, 15)))
  return offsets.join(' ')
}

function zonesInTables(country: string): readonly string[] {
  try {
    const locale = new Intl.Locale(`und-${country}`)
    // Node 20 has a property where later versions have a method.
    const property: unknown = Reflect.get(locale, 'timeZones')
    if (Array.isArray(property)) return Zones.parse(property)
    const method: unknown = Reflect.get(locale, 'getTimeZones')
    return typeof method === 'function' ? Zones.parse(Reflect.apply(method, locale, [])) : []
  } catch {
    return []
  }
}
