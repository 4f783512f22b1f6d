/** What separates the decimals of a file; `any` judges each number by its own form. */
export type DecimalSign = 'any' | 'point' | 'comma'

// Short enough to be finite.
const PLAIN_NUMBER = /^-?\d{1,15}(?:\.\d{1,15})?$/

/**
 * The number a cell means, or null. Currency signs, blanks and per cent signs are passed over; of point and comma the
 * last one is the decimal sign. A single one before exactly three digits can be either: `decimal` says which, and with
 * `any` the comma separates thousands and the point decimals.
 */
export function readNumber(cell: string, decimal: DecimalSign = 'any'): number | null {
  if (decimal !== 'comma' && PLAIN_NUMBER.test(cell)) return Number(cell)
  const text = cell.trim().replace(/[\s\u00a0'’]|[$€£¥]|%$|^[A-Z]{3}(?=\s*\d)/g, '')
  if (!/^[-+]?[\d.,]*\d[\d.,]*(?:e[-+]?\d+)?$/i.test(text)) return null
  const value = Number(normalise(text, decimal))
  return Number.isFinite(value) ? value : null
}

function normalise(text: string, decimal: DecimalSign): string {
  const comma = text.lastIndexOf(',')
  const point = text.lastIndexOf('.')
  if (comma === -1) {
    const isThousands = decimal === 'comma' && /^[-+]?\d{1,3}\.\d{3}$/.test(text)
    return text.indexOf('.') === point && !isThousands ? text : text.replaceAll('.', '')
  }
  if (point > comma) return text.replaceAll(',', '')
  if (point !== -1) return text.replaceAll('.', '').replace(',', '.')
  const single = text.indexOf(',') === comma
  const isDecimal = decimal === 'comma' || !/,\d{3}$/.test(text)
  return single && isDecimal ? text.replace(',', '.') : text.replaceAll(',', '')
}

/** What separates the decimals in these cells, from numbers that can only be read one way; `any` when they do not agree. */
export function decimalSignOf(cells: readonly string[]): DecimalSign {
  let comma = 0
  let point = 0
  for (const cell of cells) {
    if (cell.length > 24 || !/^[-+]?\s*[$€£]?\s*\d[\d.,' ]*\s*[€%]?$/.test(cell)) continue
    if (/\.\d{3}(?:\.\d{3})*,\d+\s*[€%]?$/.test(cell) || /^[^.,]*,(?:\d{1,2}|\d{4,})\s*[€%]?$/.test(cell)) comma += 1
    else if (/,\d{3}(?:,\d{3})*\.\d+\s*[€%]?$/.test(cell) || /^[^.,]*\.(?:\d{1,2}|\d{4,})\s*[€%]?$/.test(cell))
      point += 1
  }
  if (comma > 0 && point === 0) return 'comma'
  return point > 0 && comma === 0 ? 'point' : 'any'
}
