import { normaliseName } from './column-names.ts'

/** A column that is put together with another one. */
export interface JoinedColumn {
  readonly target: 'street' | 'firstName'
  readonly why: string
}

const NAMES: Readonly<Record<JoinedColumn['target'], string>> = {
  street: `house number, house no, house nr, street number, street no, hausnummer, hausnr, haus nr, huisnummer, numero civico,
    numero de casa, numero exterior, numero de rue, husnummer, suite, apt, apartment, unit, floor, address 2, address2,
    address line 2, addressline2, street 2, street2, street line 2, address 3, address line 3, adresszusatz, zusatz,
    adresszusatz 1, anschrift 2, complement d adresse, complement adresse, complemento, toevoeging, additional address`,
  firstName: `middle name, middlename, middle, middle initial, second name, zweiter vorname, weitere vornamen,
    deuxieme prenom, segundo nombre, secondo nome`,
}

const BY_NAME: ReadonlyMap<string, JoinedColumn['target']> = new Map([
  ...NAMES.street.split(',').map(name => [normaliseName(name), 'street'] as const),
  ...NAMES.firstName.split(',').map(name => [normaliseName(name), 'firstName'] as const),
])

/** What a column is joined to, by its name, when another column is `street` or `firstName` already; null for none. */
export function joinOf(name: string, targets: ReadonlySet<string>): JoinedColumn | null {
  const target = BY_NAME.get(normaliseName(name))
  if (target === undefined || !targets.has(target)) return null
  return { target, why: target === 'street' ? 'Joined to the street, in one line' : 'Joined to the first name' }
}
