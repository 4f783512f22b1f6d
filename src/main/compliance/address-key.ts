import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { Channel } from '../../shared/contract/define.ts'
import { readEmail } from '../../shared/domain/email-address.ts'

/**
 * What an address is compared by on a channel: the lower-case e-mail address, or the number in E.164 (`country` is where
 * numbers without a country code belong). Null when the text is no address of that channel.
 */
export function addressKey(channel: Channel, address: string, country: string): string | null {
  if (channel === 'email') {
    const reading = readEmail(address)
    return reading.kind === 'address' ? reading.key : null
  }
  // What is in E.164 already is taken as it is: it comes from the store, and parsing costs 12 µs a number.
  if (/^\+[1-9]\d{6,14}$/.test(address)) return address
  const parsed = parsePhoneNumberFromString(address, isSupportedCountry(country) ? country : undefined)
  return parsed?.isPossible() ? parsed.number : null
}
