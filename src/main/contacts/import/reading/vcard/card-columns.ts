import { type CardProperty, components, listItems, unescaped } from './card-property.ts'

/** The columns that cards can fill, in the order of the table; numbered ones go on with 2, 3, … */
export const CARD_COLUMNS = [
  'First name',
  'Last name',
  'Full name',
  'Company',
  'Email',
  'Phone',
  'Phone (mobile)',
  'Phone (work)',
  'Phone (home)',
  'Phone (other)',
  'Fax',
  'Street',
  'City',
  'Region',
  'Postal code',
  'Country',
  'Birthday',
  'Categories',
  'Note',
  'UID',
  'Middle name',
  'Name prefix',
  'Name suffix',
  'Nickname',
  'Department',
  'Job title',
  'Role',
  'Website',
  'Time zone',
  'Latitude',
  'Longitude',
  'Language',
  'Gender',
  'Anniversary',
] as const
export type CardColumn = (typeof CARD_COLUMNS)[number]

/** The values of a card, several in order where it has several. */
export type CardValues = ReadonlyMap<CardColumn, readonly string[]>

const PHONE_KINDS: readonly (readonly [column: CardColumn, types: readonly string[]])[] = [
  ['Phone (mobile)', ['cell', 'mobile', 'iphone', 'textphone', 'main mobile']],
  ['Phone (work)', ['work', 'company', 'office']],
  ['Phone (home)', ['home']],
]

/** What the properties of one card (RFC 6350, RFC 2426, vCard 2.1) say, by column. */
export function cardValues(properties: readonly CardProperty[]): CardValues {
  const values = new Map<CardColumn, string[]>()
  const add = (column: CardColumn, value: string | undefined): void => {
    const text = value?.trim() ?? ''
    if (text === '') return
    const known = values.get(column)
    if (known) known.push(text)
    else values.set(column, [text])
  }
  const labels = labelsOf(properties)
  const labelled = (name: string): CardProperty[] =>
    properties
      .filter(property => property.name === name)
      .map(property => withLabel(property, labels))
      .sort((a, b) => Number(isPreferred(b)) - Number(isPreferred(a)))

  for (const property of properties) {
    const { name, value } = property
    switch (name) {
      case 'N': {
        const [family, given, middle, prefix, suffix] = components(value)
        add('First name', given)
        add('Last name', family)
        add('Middle name', spaced(middle))
        add('Name prefix', spaced(prefix))
        add('Name suffix', spaced(suffix))
        break
      }
      case 'FN':
        add('Full name', unescaped(value))
        break
      case 'ORG': {
        const [company, ...departments] = components(value)
        add('Company', company)
        add('Department', departments.filter(part => part !== '').join(', '))
        break
      }
      case 'BDAY':
        add('Birthday', dayText(value, properties))
        break
      case 'ANNIVERSARY':
        add('Anniversary', dayText(value, []))
        break
      case 'CATEGORIES':
        for (const item of listItems(value)) add('Categories', item)
        break
      case 'GEO': {
        const [latitude, longitude] = value.replace(/^geo:/i, '').split(/[;,]/)
        add('Latitude', latitude)
        add('Longitude', longitude)
        break
      }
      default: {
        const column = PLAIN[name]
        if (column) add(column, unescaped(value))
      }
    }
  }
  for (const { value } of labelled('EMAIL')) add('Email', unescaped(value).replace(/^mailto:/i, ''))
  for (const { value } of labelled('ADR')) addAddress(value, add)
  addPhones(labelled('TEL'), add)
  return joinedLists(values)
}

const PLAIN: Readonly<Record<string, CardColumn>> = {
  NOTE: 'Note',
  UID: 'UID',
  NICKNAME: 'Nickname',
  TITLE: 'Job title',
  ROLE: 'Role',
  URL: 'Website',
  TZ: 'Time zone',
  LANG: 'Language',
  GENDER: 'Gender',
}

type Add = (column: CardColumn, value: string | undefined) => void

function addAddress(value: string, add: Add): void {
  const [box, extended, street, city, region, postalCode, country] = components(value).map(part =>
    part.replace(/\s*[\r\n]+\s*/g, ', '),
  )
  add('Street', [street, extended, box].filter(part => part).join(', '))
  add('City', city)
  add('Region', region)
  add('Postal code', postalCode)
  add('Country', country)
}

// The number that reaches her best is "Phone": the preferred mobile, any mobile, the preferred one, the first.
function addPhones(phones: readonly CardProperty[], add: Add): void {
  const calls = phones.filter(({ types }) => !isFax(types))
  const mobile = calls.find(({ types }) => kindOf(types) === 'Phone (mobile)')
  const best = mobile ?? calls[0]
  if (best) add('Phone', phoneText(best.value))
  for (const phone of calls) if (phone !== best) add(kindOf(phone.types), phoneText(phone.value))
  for (const phone of phones) if (isFax(phone.types)) add('Fax', phoneText(phone.value))
}

function kindOf(types: ReadonlySet<string>): CardColumn {
  return PHONE_KINDS.find(([, names]) => names.some(name => types.has(name)))?.[0] ?? 'Phone (other)'
}

function isFax(types: ReadonlySet<string>): boolean {
  return [...types].some(type => type.includes('fax') || type === 'pager')
}

function isPreferred({ types }: CardProperty): boolean {
  return types.has('pref')
}

// RFC 3966: `tel:+1-202-555-0123;ext=5`
function phoneText(value: string): string {
  return unescaped(value).replace(/^tel:/i, '').replace(/;ext=/i, ' ext. ').replace(/;.*$/, '')
}

// Apple writes the kind of a number beside it: item1.TEL:… and item1.X-ABLabel:_$!<Work>!$_
function labelsOf(properties: readonly CardProperty[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>()
  for (const { name, group, value } of properties) {
    if (group !== '' && name === 'X-ABLABEL') labels.set(group, value.replace(/^_\$!<|>!\$_$/g, '').toLowerCase())
  }
  return labels
}

function withLabel(property: CardProperty, labels: ReadonlyMap<string, string>): CardProperty {
  const label = labels.get(property.group)
  return label === undefined ? property : { ...property, types: new Set([...property.types, label]) }
}

/** `19850412`, `1985-04-12T00:00:00Z` and `--0412`, with dashes; anything else as it is. */
function dayText(value: string, properties: readonly CardProperty[]): string {
  const text = unescaped(value)
  const day = /^(\d{4}|--)-?(\d{2})-?(\d{2})(?:T.*)?$/.exec(text)
  if (!day) return text
  // Apple writes 1604 for a birthday without a year.
  const hasYear = day[1] !== '--' && !(day[1] === '1604' && properties.some(({ name }) => name === 'BDAY'))
  return `${hasYear ? day[1] : '-'}-${day[2]}-${day[3]}`
}

function spaced(part: string | undefined): string {
  return part?.replaceAll(',', ' ') ?? ''
}

function joinedLists(values: ReadonlyMap<CardColumn, string[]>): CardValues {
  const joined = new Map<CardColumn, readonly string[]>(values)
  const categories = values.get('Categories')
  if (categories) joined.set('Categories', [categories.map(item => item.replaceAll(/[,;]/g, ' ')).join(', ')])
  const notes = values.get('Note')
  if (notes) joined.set('Note', [notes.join('\n')])
  return joined
}
