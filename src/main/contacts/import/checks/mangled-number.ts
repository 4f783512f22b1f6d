/** A number in the notation of a spreadsheet, such as 1.23457E+10: its digits when none was cut off, else null. */
export interface MangledNumber {
  readonly digits: string | null
}

const SCIENTIFIC = /^'?(\d)(?:[.,](\d+))?e\+?(\d{1,2})$/i

/**
 * Reads a number that a spreadsheet wrote with an exponent; null when it is none. Its digits are all there when there are
 * as many as the exponent says: 4.915112345678E+12 is 4915112345678, while 1.23457E+10 has lost the last five.
 */
export function readMangled(text: string): MangledNumber | null {
  // A cheap look first: this is asked of every telephone number.
  if (!text.includes('E') && !text.includes('e')) return null
  const parts = SCIENTIFIC.exec(text)
  if (!parts) return null
  const digits = `${parts[1] ?? ''}${parts[2] ?? ''}`
  return { digits: digits.length === Number(parts[3]) + 1 ? digits : null }
}
