/**
 * The number a cell means, or null. Currency signs, blanks and per cent signs are passed over; of point and comma the
 * last one is the decimal sign, and a single comma before exactly three digits separates thousands.
 */
export function readNumber(cell: string): number | null {
  const text = cell.trim().replace(/[\s\u00a0'’]|[$€£¥]|%$|^[A-Z]{3}(?=\s*\d)/g, '')
  if (!/^[-+]?[\d.,]*\d[\d.,]*(?:e[-+]?\d+)?$/i.test(text)) return null
  const value = Number(normalise(text))
  return Number.isFinite(value) ? value : null
}

function normalise(text: string): string {
  const comma = text.lastIndexOf(',')
  const point = text.lastIndexOf('.')
  if (comma === -1) return text.indexOf('.') === point ? text : text.replaceAll('.', '')
  if (point > comma) return text.replaceAll(',', '')
  if (point !== -1) return text.replaceAll('.', '').replace(',', '.')
  const single = text.indexOf(',') === comma
  return single && !/,\d{3}$/.test(text) ? text.replace(',', '.') : text.replaceAll(',', '')
}
