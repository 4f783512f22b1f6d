/** A state or province: its name, and the zones that clocks in it keep. */
interface Region {
  readonly name: string
  readonly zones: readonly string[]
}

const E = 'America/New_York'
const C = 'America/Chicago'
const M = 'America/Denver'
const P = 'America/Los_Angeles'

const region = (name: string, ...zones: readonly string[]): Region => ({ name, zones })

// Fourteen states keep two zones (standards.md 6.3); hours must be right in both.
const US: Readonly<Record<string, Region>> = {
  AL: region('Alabama', C),
  AK: region('Alaska', 'America/Anchorage', 'America/Adak'),
  AZ: region('Arizona', 'America/Phoenix'),
  AR: region('Arkansas', C),
  CA: region('California', P),
  CO: region('Colorado', M),
  CT: region('Connecticut', E),
  DE: region('Delaware', E),
  DC: region('District of Columbia', E),
  FL: region('Florida', E, C),
  GA: region('Georgia', E),
  HI: region('Hawaii', 'Pacific/Honolulu'),
  ID: region('Idaho', M, P),
  IL: region('Illinois', C),
  IN: region('Indiana', 'America/Indiana/Indianapolis', C),
  IA: region('Iowa', C),
  KS: region('Kansas', C, M),
  KY: region('Kentucky', E, C),
  LA: region('Louisiana', C),
  ME: region('Maine', E),
  MD: region('Maryland', E),
  MA: region('Massachusetts', E),
  MI: region('Michigan', 'America/Detroit', C),
  MN: region('Minnesota', C),
  MS: region('Mississippi', C),
  MO: region('Missouri', C),
  MT: region('Montana', M),
  NE: region('Nebraska', C, M),
  NV: region('Nevada', P, M),
  NH: region('New Hampshire', E),
  NJ: region('New Jersey', E),
  NM: region('New Mexico', M),
  NY: region('New York', E),
  NC: region('North Carolina', E),
  ND: region('North Dakota', C, M),
  OH: region('Ohio', E),
  OK: region('Oklahoma', C),
  OR: region('Oregon', P, M),
  PA: region('Pennsylvania', E),
  RI: region('Rhode Island', E),
  SC: region('South Carolina', E),
  SD: region('South Dakota', C, M),
  TN: region('Tennessee', C, E),
  TX: region('Texas', C, M),
  UT: region('Utah', M),
  VT: region('Vermont', E),
  VA: region('Virginia', E),
  WA: region('Washington', P),
  WV: region('West Virginia', E),
  WI: region('Wisconsin', C),
  WY: region('Wyoming', M),
}

const CA: Readonly<Record<string, Region>> = {
  AB: region('Alberta', 'America/Edmonton'),
  BC: region('British Columbia', 'America/Vancouver', 'America/Edmonton'),
  MB: region('Manitoba', 'America/Winnipeg'),
  NB: region('New Brunswick', 'America/Moncton'),
  NL: region('Newfoundland and Labrador', 'America/St_Johns', 'America/Halifax'),
  NS: region('Nova Scotia', 'America/Halifax'),
  NT: region('Northwest Territories', 'America/Edmonton'),
  NU: region('Nunavut', 'America/Iqaluit', 'America/Winnipeg', 'America/Edmonton'),
  ON: region('Ontario', 'America/Toronto', 'America/Winnipeg'),
  PE: region('Prince Edward Island', 'America/Halifax'),
  QC: region('Quebec', 'America/Toronto', 'America/Halifax'),
  SK: region('Saskatchewan', 'America/Regina', 'America/Edmonton'),
  YT: region('Yukon', 'America/Whitehorse'),
}

const AU: Readonly<Record<string, Region>> = {
  ACT: region('Australian Capital Territory', 'Australia/Sydney'),
  NSW: region('New South Wales', 'Australia/Sydney', 'Australia/Broken_Hill'),
  NT: region('Northern Territory', 'Australia/Darwin'),
  QLD: region('Queensland', 'Australia/Brisbane'),
  SA: region('South Australia', 'Australia/Adelaide'),
  TAS: region('Tasmania', 'Australia/Hobart'),
  VIC: region('Victoria', 'Australia/Melbourne'),
  WA: region('Western Australia', 'Australia/Perth', 'Australia/Eucla'),
}

const REGIONS: Readonly<Record<string, Readonly<Record<string, Region>>>> = { US, CA, AU }

const CODES: ReadonlyMap<string, string> = new Map(
  Object.entries(REGIONS).flatMap(([country, regions]) =>
    Object.entries(regions).flatMap(([code, { name }]) => [
      [`${country} ${folded(code)}`, code],
      [`${country} ${folded(name)}`, code],
      [`${country} ${folded(`${country}${code}`)}`, code],
    ]),
  ),
)

/** The code of a state or province as people write it (CA, US-CA, California); null when it is none of the country's. */
export function regionCodeOf(country: string, text: string): string | null {
  return CODES.get(`${country} ${folded(text)}`) ?? null
}

/** The zones of a region by its code; none for one that is not in the table. */
export function zonesOfRegion(country: string, code: string): readonly string[] {
  return REGIONS[country]?.[code]?.zones ?? []
}

/** Every zone of a country whose regions are known; null for others. */
export function zonesOfAllRegions(country: string): readonly string[] | null {
  const regions = REGIONS[country]
  return regions === undefined ? null : [...new Set(Object.values(regions).flatMap(one => one.zones))]
}

function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase()
}
