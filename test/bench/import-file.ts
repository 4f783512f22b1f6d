import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

/** One record of the made-up file. */
export interface MadeUpRow {
  readonly cells: readonly string[]
}

const HEADER = [
  'First Name',
  'Last Name',
  'Company',
  'E-mail',
  'Phone',
  'Street',
  'City',
  'State',
  'ZIP',
  'Latitude',
  'Longitude',
  'Birthday',
  'Country',
]

const STREET = HEADER.indexOf('Street')

const FIRST = ['Ann', 'José', 'Robert', 'Łukasz', 'María', 'Wei', 'Fatima', 'Nanette', 'Olaf', 'Chloë', 'Priya', 'Tom']
const LAST = [
  'Aderholt',
  'Barragán',
  'O’Neill',
  'van der Berg',
  'Müller',
  'Smith',
  'Nguyen',
  'Castro',
  'Johnson',
  'Ito',
]
const DOMAINS = ['example.org', 'mail.example.com', 'post.example.net', 'people.example.com']
const CITIES = ['Springfield', 'San José', 'New York', 'Cullman', 'Los Angeles', 'Palm Beach Gardens']
const STATES = ['AL', 'CA', 'NY', 'FL', 'TX', 'WA']
const AREAS = ['205', '212', '213', '305', '310', '415', '512', '617', '702', '808']

/**
 * Row `index` of the made-up file, the same for the same index: one in a hundred has a bad address, one in fifty repeats
 * the address of an earlier row; phones are written in three ways, dates in two, fields hold quotes and line breaks.
 */
export function madeUpRow(index: number): MadeUpRow {
  const bad = index % 100 === 37
  const repeats = index % 50 === 13 && index > 50
  // Any earlier row of another kind, near or far.
  const person = repeats ? index - 20 - 50 * (mix(index) % Math.floor((index - 13) / 50)) : index
  const chance = mix(person)
  const pick = <T>(values: readonly T[], salt: number): T => values[mix(chance + salt) % values.length] as T
  const first = pick(FIRST, 1)
  const last = pick(LAST, 2)
  const email = `${ascii(first)}.${ascii(last)}.${chance.toString(36)}${person}@${pick(DOMAINS, 3)}`
  const digits = `${pick(AREAS, 4)}${2 + (mix(chance + 5) % 8)}${String(mix(chance + 6) % 1_000_000).padStart(6, '0')}`
  const phone =
    index % 3 === 0
      ? `+1${digits}`
      : index % 3 === 1
        ? `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`
        : `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`
  const company = index % 7 === 0 ? `${last}, "${first}" & Sons` : `${last} Ltd`
  const street = index % 211 === 0 ? `Building ${chance % 90}\n${chance % 999} Main St.` : `${chance % 9999} Main St.`
  const month = String(1 + (chance % 12)).padStart(2, '0')
  const day = String(1 + (mix(chance + 7) % 28)).padStart(2, '0')
  const year = 1940 + (mix(chance + 8) % 65)
  const birthday = index % 2 === 0 ? `${year}-${month}-${day}` : `${month}/${day}/${year}`
  const zip = String(mix(chance + 9) % 100_000).padStart(5, '0')
  const latitude = (mix(chance + 10) % 9_000_000) / 100_000
  const longitude = -(mix(chance + 11) % 18_000_000) / 100_000
  const city = pick(CITIES, 12)
  const state = pick(STATES, 13)
  const cells = [first, last, company, bad ? email.replace('@', ' at ') : email, phone, street, city, state, zip]
  return {
    cells: [...cells, String(latitude), String(longitude), birthday, 'United States'],
  }
}

/** Writes the made-up file with `size` rows, streaming; `changed`: one person in a hundred has moved house. */
export async function writeMadeUpFile(path: string, size: number, changed = false): Promise<void> {
  const file = createWriteStream(path)
  let text = `\uFEFF${HEADER.join(',')}\r\n`
  for (let index = 0; index < size; index++) {
    const cells = madeUpRow(index).cells.map((value, column) =>
      cell(changed && index % 100 === 71 && column === STREET ? `${value} (new)` : value),
    )
    text += `${cells.join(',')}${index % 1000 === 999 ? '\n' : '\r\n'}`
    if (text.length > 1_000_000) {
      if (!file.write(text)) await once(file, 'drain')
      text = ''
    }
  }
  file.end(text)
  await finished(file)
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function ascii(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()
}

// A finaliser of MurmurHash3: spreads consecutive numbers over 31 bits.
function mix(n: number): number {
  let h = n | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 1
}
