import type { CountOperator } from '../../../shared/domain/segment-rule.ts'

/** Numbers from `low` to `high`; null where it is open. `inverted` means the numbers outside. */
export interface Range {
  readonly low: number | null
  readonly lowIncluded: boolean
  readonly high: number | null
  readonly highIncluded: boolean
  readonly inverted: boolean
}

/** The numbers that a comparison means. The ends of between are included. */
export function rangeOf(operator: CountOperator, value: number, to: number): Range {
  const range = (low: number | null, lowIncluded: boolean, high: number | null, highIncluded: boolean): Range => ({
    low,
    lowIncluded,
    high,
    highIncluded,
    inverted: false,
  })
  switch (operator) {
    case '=':
      return range(value, true, value, true)
    case '!=':
      return invert(range(value, true, value, true))
    case '<':
      return range(null, false, value, false)
    case '<=':
      return range(null, false, value, true)
    case '>':
      return range(value, false, null, false)
    case '>=':
      return range(value, true, null, false)
    case 'between':
      return range(value, true, to, true)
  }
}

/** The numbers that the range leaves out. */
export function invert(range: Range): Range {
  return { ...range, inverted: !range.inverted }
}

/** Whether the number is meant. */
export function isInRange(number: number, { low, lowIncluded, high, highIncluded, inverted }: Range): boolean {
  const above = low === null || number > low || (lowIncluded && number === low)
  const below = high === null || number < high || (highIncluded && number === high)
  return (above && below) !== inverted
}

/** The same range with both ends changed by a rising function, such as another unit. */
export function mapRange(range: Range, map: (end: number) => number): Range {
  return {
    ...range,
    low: range.low === null ? null : map(range.low),
    high: range.high === null ? null : map(range.high),
  }
}

/** Whether a range of counts means any number but 0. */
export function isAtLeastOne(range: Range): boolean {
  return !range.inverted && range.high === null && isInRange(1, range) && !isInRange(0, range)
}
