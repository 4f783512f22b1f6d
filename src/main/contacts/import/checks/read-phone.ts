import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** The outcome of reading a telephone number: E.164, or what is wrong with it. */
export type PhoneReading =
  | { readonly kind: 'number'; readonly e164: string }
  | { readonly kind: 'mangled' }
  | { readonly kind: 'invalid' }

/** Reads telephone numbers; `region` is where numbers without a country code are dialled. */
export type PhoneReader = (cell: string, region: string) => PhoneReading

const MANGLED: PhoneReading = { kind: 'mangled' }
const INVALID: PhoneReading = { kind: 'invalid' }
const PREFIXES_KEPT = 50_000
const NORTH_AMERICA = new Set(['US', 'CA', 'PR', 'DO', 'JM', 'BS', 'BB', 'TT', 'GU', 'VI'])

/**
 * A reader with a memory: libphonenumber judges 85,000 numbers a second, and a number in E.164 whose first digits and
 * length were judged valid before is valid without asking again. Numbering plans give out ranges by their first digits.
 */
export function createPhoneReader(): PhoneReader {
  const judged = new Map<string, boolean>()

  function isValid(e164: string): boolean {
    // North America: area code and first digit of the exchange. Elsewhere country code and area: six digits.
    const key = `${e164.slice(0, e164.startsWith('+1') ? 6 : 7)}:${e164.length}`
    const known = judged.get(key)
    if (known !== undefined) return known
    const valid = parsePhoneNumberFromString(e164)?.isValid() ?? false
    if (judged.size >= PREFIXES_KEPT) judged.clear()
    judged.set(key, valid)
    return valid
  }

  return (cell, region) => {
    const text = cell.trim()
    const quick = quickE164(text, region)
    if (quick !== null) return isValid(quick) ? { kind: 'number', e164: quick } : INVALID
    if (/^\d(?:[.,]\d+)?e\+?\d+$/i.test(text)) return MANGLED
    const country: CountryCode | undefined = isSupportedCountry(region) ? region : undefined
    const digits = text.replace(/^(?:tel:|phone:)/i, '').replace(/^00(?=[1-9])/, '+')
    const parsed = parsePhoneNumberFromString(digits, country === undefined ? {} : { defaultCountry: country })
    // A spreadsheet takes the plus away: digits that are no number at home may be one with it.
    const found = parsed?.isValid() ? parsed : withPlus(digits)
    return found ? { kind: 'number', e164: found.number } : INVALID
  }
}

function withPlus(digits: string): { readonly number: string } | null {
  if (!/^[1-9]\d{10,14}$/.test(digits)) return null
  const parsed = parsePhoneNumberFromString(`+${digits}`)
  return parsed?.isValid() ? parsed : null
}

function quickE164(text: string, region: string): string | null {
  if (/^\+[1-9]\d{7,14}$/.test(text)) return text
  if (!NORTH_AMERICA.has(region)) return null
  if (!/^\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}$/.test(text)) return null
  return `+1${text.replace(/\D/g, '')}`
}
