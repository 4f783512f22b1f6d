/** What separates the decimals of amounts; the other sign parts thousands. */
export type DecimalSign = 'point' | 'comma'

/** A decimal number exactly: `units` of 10^-`scale`. */
export interface Decimal {
  readonly units: bigint
  readonly scale: number
}

const SIGNS = /[\s\u00a0\u202f'’$€£¥₹₩]/g
const MOST_DIGITS = 30
// What nearly every amount is; longer ones are not exact as a number.
const PLAIN = { point: /^(\d{1,9})(?:\.(\d{1,6}))?$/, comma: /^(\d{1,9})(?:,(\d{1,6}))?$/ } as const

/**
 * The number that a cell means, exactly, or null. Blanks, apostrophes, currency signs and a currency code are passed over; a
 * number in brackets or with a minus behind is negative. Thousands must be parted where thousands are, so that 12,5 read with
 * a decimal point is refused, not taken for 125.
 */
export function readDecimal(cell: string, decimal: DecimalSign): Decimal | null {
  const plain = PLAIN[decimal].exec(cell)
  if (plain) {
    const [, whole = '', fraction = ''] = plain
    return { units: BigInt(Number(whole + fraction)), scale: fraction.length }
  }
  let text = cell.trim().replace(SIGNS, '').replaceAll('−', '-')
  text = text.replace(/^([-+(]?)[A-Za-z]{3}(?=[-+\d.,(])/, '$1').replace(/(?<=\d)[A-Za-z]{3}\)?$/, '')
  const bracketed = /^\((.*)\)$/.exec(text)
  const behind = /^(.*\d)-$/.exec(text)
  const isNegative = bracketed !== null || behind !== null || text.startsWith('-')
  text = (bracketed?.[1] ?? behind?.[1] ?? text).replace(/^[-+]/, '')
  const [point, comma] = decimal === 'point' ? ['.', ','] : [',', '.']
  const parts = text.split(point)
  const [whole = '', fraction = ''] = parts
  if (parts.length > 2 || !/^\d*$/.test(fraction) || (whole === '' && fraction === '')) return null
  const digits = whole.replaceAll(comma, '')
  if (!/^\d*$/.test(digits) || digits.length + fraction.length > MOST_DIGITS) return null
  if (whole.includes(comma) && !isGrouped(whole.split(comma))) return null
  const units = BigInt(`${digits}${fraction}` || '0')
  return { units: isNegative ? -units : units, scale: fraction.length }
}

// 1,234,567 and, as India writes it, 12,34,567.
function isGrouped(groups: readonly string[]): boolean {
  const [first = '', ...rest] = groups
  const last = rest.pop() ?? ''
  return /^\d{1,3}$/.test(first) && /^\d{3}$/.test(last) && rest.every(group => /^\d{2,3}$/.test(group))
}

/** A decimal times a whole number. */
export function times(decimal: Decimal, factor: number): Decimal {
  return { units: decimal.units * BigInt(factor), scale: decimal.scale }
}

const MOST_MINOR = 10n ** 13n

/** An amount in minor units of a currency with `digits` decimals, halves rounded away from zero; null beyond ten trillion. */
export function toMinor(
  decimal: Decimal,
  digits: number,
): { readonly minor: number; readonly isRounded: boolean } | null {
  const { units, scale } = decimal
  const size = units < 0n ? -units : units
  let minor = size
  let isRounded = false
  if (scale <= digits) minor = size * 10n ** BigInt(digits - scale)
  else {
    const divisor = 10n ** BigInt(scale - digits)
    const rest = size % divisor
    minor = size / divisor + (rest * 2n >= divisor ? 1n : 0n)
    isRounded = rest !== 0n
  }
  if (minor > MOST_MINOR) return null
  return { minor: Number(units < 0n ? -minor : minor), isRounded }
}

/** What separates the decimals in these cells: what most of those that can only be read one way use; the point without any. */
export function decimalSignOf(cells: readonly string[]): DecimalSign {
  let points = 0
  let commas = 0
  for (const cell of cells) {
    const text = cell.replace(/[^\d.,]/g, '')
    const point = text.lastIndexOf('.')
    const comma = text.lastIndexOf(',')
    if (point === comma) continue
    if (point >= 0 && comma >= 0) {
      if (point > comma) points += 1
      else commas += 1
      continue
    }
    const sign = point >= 0 ? '.' : ','
    const isSingle = text.indexOf(sign) === text.lastIndexOf(sign)
    // 1.234 can be either, 1.234.567 only thousands.
    const isDecimal = isSingle && !/[.,]\d{3}$/.test(text)
    if (!isDecimal && isSingle) continue
    if ((sign === '.') === isDecimal) points += 1
    else commas += 1
  }
  return commas > points ? 'comma' : 'point'
}
