import type { ContactTarget } from '../../../../shared/contract/imports.ts'
import { COLUMN_SYNONYMS } from './column-synonyms.ts'

const NETWORKS: Readonly<Record<string, string>> = {
  twitter: 'twitter',
  'twitter handle': 'twitter',
  'twitter username': 'twitter',
  facebook: 'facebook',
  instagram: 'instagram',
  linkedin: 'linkedin',
  'linkedin url': 'linkedin',
  'linkedin profile': 'linkedin',
  mastodon: 'mastodon',
  bluesky: 'bluesky',
  tiktok: 'tiktok',
  youtube: 'youtube',
  telegram: 'telegram',
  threads: 'threads',
  xing: 'xing',
  pinterest: 'pinterest',
}

const BY_NAME: ReadonlyMap<string, ContactTarget> = new Map(
  [...COLUMN_SYNONYMS]
    .reverse()
    .flatMap(([target, names]) => names.split(',').map(name => [normaliseName(name), target] as const)),
)

// Names that hold one of these words are not the number or the address itself: "Fax", "E-mail opt-in", "Phone type".
const NOT_THE_VALUE =
  /\b(fax|telefax|opt|consent|type|verified|status|format|label|count|sent|bounced?|score|date|time|at|by)\b/

/** A column name as it is compared: no accents, no case, words separated by one blank. */
export function normaliseName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** How surely a name stands for a field: 1 exactly, less for a name that only ends or begins with a known one. */
export interface NameFinding {
  readonly target: string
  readonly certainty: number
  /** The part of the name that was recognised. */
  readonly by: string
}

// First rows are asked whether they are names: a cell with a whole letter in it would be taken apart for seconds.
const LONGEST_NAME = 300

/** The field that a column name stands for, if any. */
export function targetOfName(name: string): NameFinding | null {
  if (name.length > LONGEST_NAME) return null
  const normal = normaliseName(name)
  if (normal === '') return null
  const network = NETWORKS[normal]
  if (network !== undefined) return { target: `social:${network}`, certainty: 1, by: name.trim() }
  const exact = BY_NAME.get(normal) ?? BY_NAME.get(normal.replaceAll(' ', ''))
  if (exact) return { target: exact, certainty: 1, by: name.trim() }
  if (NOT_THE_VALUE.test(normal)) return null
  const words = normal.split(' ')
  for (let length = words.length - 1; length >= 1; length--) {
    const tail = words.slice(-length).join(' ')
    const head = words.slice(0, length).join(' ')
    for (const part of [tail, head]) {
      const target = BY_NAME.get(part)
      // A single word inside a longer name says little, but for addresses: "Company size" is not the company.
      if (target && (length > 1 || target === 'email' || target === 'phone')) {
        return { target, certainty: 0.7, by: part }
      }
    }
  }
  return null
}

/** Whether a cell of a first row is the name of a field. */
export function namesKnownField(cell: string): boolean {
  return targetOfName(cell)?.certainty === 1
}

/** Whether a name says that the column holds an id of another system. */
export function namesExternalId(name: string): boolean {
  return /(^| )(id|ids|uid|uuid|guid|nr|no|number|key|kundennummer|identifier)$/.test(normaliseName(name))
}

/** The key of a custom field for a column name: letters, digits and underscores, beginning with a letter. */
export function customKey(name: string, column: number): string {
  const key = normaliseName(name)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .replace(/_+$/, '')
    .slice(0, 50)
  return key === '' ? `column_${column + 1}` : key
}
