import { type RawBuilder, sql } from 'kysely'
import { capitalOf } from '../../../shared/domain/segment-text.ts'
import type { DaySource, NumberSource, TextSource } from '../rule/ask.ts'

/** An expression of SQL. */
export type Sql<T = unknown> = RawBuilder<T>

// More spellings of a value than this are compared by folding the column instead.
const MOST_SPELLINGS = 16

/** A custom field. Keys are lower-case ASCII names (the contract allows no others), and an index needs the path spelled out. */
function customField(key: string): Sql {
  return sql`json_extract(c.custom, ${sql.lit(`$.${key}`)})`
}

/** The text of a field of the row `c`, and whether it may hold capitals. */
function textOf(of: TextSource): { readonly value: Sql; readonly hasCapitals: boolean; readonly isText: Sql | null } {
  switch (of.kind) {
    case 'column': {
      const hasCapitals = of.column !== 'email_key' && of.column !== 'phone'
      return { value: sql.ref(`c.${of.column}`), hasCapitals, isText: null }
    }
    case 'domain':
      return { value: sql`substr(c.email_key, instr(c.email_key, '@') + 1)`, hasCapitals: false, isText: null }
    case 'custom':
      return { value: customField(of.key), hasCapitals: true, isText: typeIs(of.key, ['text']) }
    case 'social': {
      const path = sql`${sql.lit(`$."${of.network}"`)}`
      return {
        value: sql`json_extract(c.socials, ${path})`,
        hasCapitals: true,
        isText: sql`json_type(c.socials, ${path}) = 'text'`,
      }
    }
  }
}

function typeIs(key: string, types: readonly string[]): Sql {
  return sql`json_type(c.custom, ${sql.lit(`$.${key}`)}) in (${sql.join(types.map(type => sql.lit(type)))})`
}

function and(...conditions: readonly (Sql | null)[]): Sql {
  const real = conditions.filter(condition => condition !== null)
  return sql`(${sql.join(real, sql` and `)})`
}

function or(conditions: readonly Sql[]): Sql {
  return conditions.length === 1 ? (conditions[0] ?? sql`0`) : sql`(${sql.join(conditions, sql` or `)})`
}

/** The text in lower case, A to Z; spelled like the indexes that are made on demand. */
export function lowered(of: TextSource): Sql {
  const { value, hasCapitals } = textOf(of)
  return hasCapitals ? sql`lower(${value})` : value
}

/** Whether the field has any text. */
export function hasText(of: TextSource): Sql {
  const { value, isText } = textOf(of)
  return and(sql`${value} <> ''`, isText)
}

/** Whether the text of a field is, contains, begins or ends with one of the folded values. */
export function textTest(
  of: TextSource,
  test: 'one_of' | 'contains' | 'starts_with' | 'ends_with',
  values: readonly string[],
): Sql {
  const { value, isText } = textOf(of)
  const low = lowered(of)
  switch (test) {
    case 'one_of': {
      const spelled = values.map(one => spellingsOf(one))
      const easy = spelled.flatMap(one => one ?? [])
      const hard = values.filter((_one, n) => spelled[n] === null)
      return and(
        or([
          ...(easy.length > 0 ? [sql`${low} in (${sql.join(easy)})`] : []),
          ...hard.map(one => sql`${folded(low, one)} = ${one}`),
        ]),
        isText,
      )
    }
    case 'contains':
      return and(or(values.map(one => contains(value, low, one, 'anywhere'))), isText)
    case 'ends_with':
      return and(or(values.map(one => contains(value, low, one, 'at_end'))), isText)
    case 'starts_with':
      return and(
        or(
          values.map(one => {
            const spelled = spellingsOf(one)
            if (spelled === null) return sql`substr(${folded(low, one)}, 1, ${lettersIn(one)}) = ${one}`
            return or(spelled.map(start => begins(low, start)))
          }),
        ),
        isText,
      )
  }
}

function begins(low: Sql, start: string): Sql {
  const end = afterPrefix(start)
  return end === null ? sql`${low} >= ${start}` : sql`(${low} >= ${start} and ${low} < ${end})`
}

/** LIKE knows the case of A to Z only, and is quicker than making a lower-case copy of every value. */
function contains(value: Sql, low: Sql, part: string, where: 'anywhere' | 'at_end'): Sql {
  const end = where === 'anywhere' ? '%' : ''
  if (Array.from(part).every(letter => capitalOf(letter) === null)) {
    return sql`${value} like ${`%${part.replace(/[\\%_]/g, '\\$&')}${end}`} escape '\\'`
  }
  if (where === 'anywhere') return sql`instr(${folded(low, part)}, ${part}) > 0`
  return sql`substr(${folded(low, part)}, ${-lettersIn(part)}) = ${part}`
}

/** How many characters SQLite counts. */
function lettersIn(text: string): number {
  return Array.from(text).length
}

/** The text with those capitals beyond A to Z made small that the value has; other letters cannot be part of it anyway. */
export function folded(low: Sql, value: string): Sql {
  let expression = low
  for (const letter of new Set(value)) {
    const capital = capitalOf(letter)
    if (capital !== null) expression = sql`replace(${expression}, ${capital}, ${letter})`
  }
  return expression
}

/** A folded value as lower() of SQLite may have left it: with each letter beyond A to Z small or capital; null when there are too many. */
export function spellingsOf(value: string): readonly string[] | null {
  let spellings = ['']
  for (const letter of value) {
    const capital = capitalOf(letter)
    spellings = spellings.flatMap(start => (capital === null ? [start + letter] : [start + letter, start + capital]))
    if (spellings.length > MOST_SPELLINGS) return null
  }
  return spellings
}

/** The first text after all that begin with `start`, in the order of code points; null when there is none. */
function afterPrefix(start: string): string | null {
  const points = Array.from(start, letter => letter.codePointAt(0) ?? 0)
  for (;;) {
    const last = points.pop()
    if (last === undefined) return null
    if (last >= 0x10_ff_ff) continue
    // Surrogates are no characters.
    const next = last === 0xd7_ff ? 0xe0_00 : last + 1
    return String.fromCodePoint(...points, next)
  }
}

/** The number of a field. Beside it stands what keeps values of another type out. */
export function numberOf(of: NumberSource): { readonly value: Sql; readonly isNumber: Sql } {
  if (of.kind === 'custom') return { value: customField(of.key), isNumber: typeIs(of.key, ['integer', 'real']) }
  const value = sql.ref(`c.${of.column}`)
  return { value, isNumber: sql`${value} is not null` }
}

/** The day of a field as YYYY-MM-DD. */
export function dayOfField(of: DaySource): { readonly day: Sql; readonly monthDay: Sql; readonly isDay: Sql | null } {
  if (of.kind === 'birthday') {
    return { day: sql`c.birthday`, monthDay: sql`substr(c.birthday, 6, 5)`, isDay: null }
  }
  const value = customField(of.key)
  const day = sql`substr(${value}, 1, 10)`
  return {
    day,
    monthDay: sql`substr(${value}, 6, 5)`,
    isDay: and(typeIs(of.key, ['text']), sql`${day} <> ''`),
  }
}

/** Whether a custom field that is yes or no has a value, or this one. */
export function flag(key: string, value: boolean | null): Sql {
  return typeIs(key, value === null ? ['true', 'false'] : [value ? 'true' : 'false'])
}

/** Whether a custom field with several values has one of these; the same steps as elementsText in segment-text.ts. */
export function element(key: string, values: readonly string[]): Sql {
  const tests = values.map(value => {
    let parts: Sql = sql`replace(replace(${folded(sql`lower(${customField(key)})`, value)}, ';', ','), '|', ',')`
    for (let n = 0; n < 2; n++) parts = sql`replace(replace(${parts}, ', ', ','), ' ,', ',')`
    return sql`instr(',' || trim(${parts}, ' ') || ',', ${`,${value},`}) > 0`
  })
  return and(or(tests), typeIs(key, ['text']))
}
