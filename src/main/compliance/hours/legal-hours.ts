import type { HoursOfDay, LegalRow } from '../../../shared/contract/policy.ts'

/** The day on which the table was last compared with its sources. Change it together with the rows. */
export const LEGAL_HOURS_AS_OF = '2026-11-20'

/** Where the rows come from. */
export const LEGAL_HOURS_SOURCE =
  '47 CFR 64.1200(c)(1) and the telemarketing laws of the states, as collected in standards.md 1.13'

const at = (from: number, to: number): HoursOfDay => ({ from: `${two(from)}:00`, to: `${two(to)}:00` })
const two = (hour: number): string => String(hour).padStart(2, '0')
const daily = (hours: HoursOfDay): LegalRow['hours'] => [hours, hours, hours, hours, hours, hours, hours]
const notSunday = (hours: HoursOfDay): LegalRow['hours'] => [hours, hours, hours, hours, hours, hours, null]

const us = (
  region: string,
  hours: LegalRow['hours'],
  rest: { readonly holidays?: boolean; readonly confirmed?: boolean } = {},
): LegalRow => ({ country: 'US', region, hours, holidays: rest.holidays ?? false, confirmed: rest.confirmed ?? true })

const SINGLE_SOURCE = { confirmed: false }

/**
 * When marketing by SMS and voice may reach somebody, on her own clock (standards.md 1.13). This file is made to be edited:
 * a country or a state is one line. The row of a country without a region holds where no row of a region does.
 */
export const LEGAL_HOURS: readonly LegalRow[] = [
  us('', daily(at(8, 21))),
  us('AL', notSunday(at(8, 20)), { holidays: true }),
  us('CT', daily(at(9, 20))),
  us('FL', daily(at(8, 20))),
  us('IL', daily(at(8, 21)), SINGLE_SOURCE),
  us('KY', daily(at(10, 21)), SINGLE_SOURCE),
  us('LA', notSunday(at(8, 20)), { holidays: true, confirmed: false }),
  us('MA', daily(at(8, 20))),
  us('MD', daily(at(8, 20))),
  us('MI', daily(at(9, 21))),
  us('MN', daily(at(9, 21))),
  us('MS', notSunday(at(8, 20))),
  us('NJ', daily(at(8, 20)), SINGLE_SOURCE),
  us('NM', daily(at(9, 21)), SINGLE_SOURCE),
  us('NV', daily(at(9, 20)), SINGLE_SOURCE),
  us('OK', daily(at(8, 20))),
  us('RI', [at(9, 18), at(9, 18), at(9, 18), at(9, 18), at(9, 18), at(10, 17), at(10, 17)]),
  us('TX', [at(9, 21), at(9, 21), at(9, 21), at(9, 21), at(9, 21), at(9, 21), at(12, 21)]),
  us('WA', daily(at(8, 20)), SINGLE_SOURCE),
  us('WY', daily(at(8, 20)), SINGLE_SOURCE),
]

/** The row for a place that is known: of the region, else of the country; null where the table says nothing. */
export function legalRowOf(country: string, region: string): LegalRow | null {
  const ofCountry = LEGAL_HOURS.filter(row => row.country === country)
  return ofCountry.find(row => row.region === region) ?? ofCountry.find(row => row.region === '') ?? null
}

/** Every row that may hold for somebody whose region is not known. */
export function legalRowsOf(country: string): readonly LegalRow[] {
  return LEGAL_HOURS.filter(row => row.country === country)
}
