import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { regionOfNumber } from './area-codes.ts'
import { zonesOfCountry } from './country-zones.ts'
import { isZone } from './offset.ts'
import { regionCodeOf, zonesOfRegion } from './regions.ts'

/** What is known of where somebody lives. */
export interface Place {
  readonly timeZone: string | null
  readonly country: string
  readonly region: string
  readonly latitude: number | null
  readonly longitude: number | null
  readonly phone: string | null
}

/** What a zone was concluded from, in the order in which it is tried. */
export type ZoneSource = 'contact' | 'region' | 'position' | 'phone' | 'country' | 'workspace'

/** Where somebody's clock may be, and which law holds there. */
export interface RecipientZone {
  /** Every zone that she may be in, the likeliest first. */
  readonly zones: readonly [string, ...string[]]
  readonly source: ZoneSource
  /** certain: somebody wrote it down; likely: a place says so; uncertain: numbers move with people. */
  readonly confidence: 'certain' | 'likely' | 'uncertain'
  /** ISO 3166-1 alpha-2; empty where nobody knows. */
  readonly country: string
  /** Code of the state or province; empty where nobody knows. */
  readonly region: string
}

/** The zone of a position; null when the tables say nothing. */
export type ZoneOfPosition = (latitude: number, longitude: number) => string | null

/**
 * Where somebody's clock may be (standards.md 6.3): her own time zone, else state and country, position, number, country,
 * and last the zone of the workspace. Where a place keeps two zones, or only a number is known, all that it may be.
 */
export function recipientZone(place: Place, workspaceZone: string, zoneOfPosition: ZoneOfPosition): RecipientZone {
  const named = countryOf(place.country)
  const byNumber = place.phone === null ? null : placeOfNumber(place.phone)
  const country = named || (byNumber?.country ?? '')
  const written = regionCodeOf(country, place.region) ?? ''
  const region = written || (byNumber?.country === country ? byNumber.region : '')
  const where = { country, region }
  if (place.timeZone !== null && isZone(place.timeZone)) {
    return { ...where, zones: [place.timeZone], source: 'contact', confidence: 'certain' }
  }
  const ofRegion = some(zonesOfRegion(country, written))
  if (ofRegion !== null) {
    return { ...where, zones: ofRegion, source: 'region', confidence: ofRegion.length === 1 ? 'likely' : 'uncertain' }
  }
  if (place.latitude !== null && place.longitude !== null) {
    const zone = zoneOfPosition(place.latitude, place.longitude)
    if (zone !== null && isZone(zone)) return { ...where, zones: [zone], source: 'position', confidence: 'likely' }
  }
  const ofCountry = zonesOfCountry(country)
  const ofNumber = byNumber === null ? [] : zonesOfPlace(byNumber)
  if (ofNumber.length > 0) {
    // A number of another country than the one that is written down: she may be in either.
    const both = some(byNumber?.country === country ? ofNumber : [...new Set([...ofCountry, ...ofNumber])])
    if (both !== null) return { ...where, zones: both, source: 'phone', confidence: 'uncertain' }
  }
  const all = some(ofCountry)
  if (all !== null) {
    return {
      ...where,
      zones: likeliestFirst(all, workspaceZone),
      source: 'country',
      confidence: all.length === 1 ? 'likely' : 'uncertain',
    }
  }
  return { ...where, zones: [workspaceZone], source: 'workspace', confidence: 'uncertain' }
}

function zonesOfPlace({ country, region }: { readonly country: string; readonly region: string }): readonly string[] {
  const ofRegion = zonesOfRegion(country, region)
  return ofRegion.length > 0 ? ofRegion : zonesOfCountry(country)
}

function placeOfNumber(number: string): { readonly country: string; readonly region: string } | null {
  const known = regionOfNumber(number)
  if (known !== null) return known
  const country = parsePhoneNumberFromString(number)?.country
  return country === undefined ? null : { country, region: '' }
}

/** A country as it is stored: two letters, or a name that nobody could read. */
function countryOf(text: string): string {
  return /^[A-Za-z]{2}$/.test(text) ? text.toUpperCase() : ''
}

function likeliestFirst(zones: readonly [string, ...string[]], workspaceZone: string): readonly [string, ...string[]] {
  return zones.includes(workspaceZone) ? [workspaceZone, ...zones.filter(zone => zone !== workspaceZone)] : zones
}

function some(zones: readonly string[]): readonly [string, ...string[]] | null {
  const [first, ...rest] = zones
  return first === undefined ? null : [first, ...rest]
}
