import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { readEmail } from '../../../shared/domain/email-address.ts'

/** Addresses in a pasted text. */
export interface ReadRecipients {
  readonly addresses: readonly { readonly channel: 'email' | 'sms'; readonly address: string; readonly key: string }[]
  readonly unreadable: readonly { readonly line: number; readonly text: string }[]
  /** How many came again. */
  readonly repeated: number
}

/** Reads pasted addresses: e-mail with or without names, phone numbers of `country` or with a plus; several on a line are fine. */
export function readRecipients(text: string, country: string): ReadRecipients {
  const addresses = new Map<string, ReadRecipients['addresses'][number]>()
  const unreadable: { line: number; text: string }[] = []
  let repeated = 0
  for (const [n, line] of text.split(/\r\n|\r|\n/).entries()) {
    for (const piece of piecesOf(line)) {
      const read = readOne(piece, country)
      if (read === null) unreadable.push({ line: n + 1, text: piece.slice(0, 200) })
      else if (addresses.has(`${read.channel} ${read.key}`)) repeated += 1
      else addresses.set(`${read.channel} ${read.key}`, read)
    }
  }
  return { addresses: [...addresses.values()], unreadable, repeated }
}

/** The addresses of a line. Around an @ everything that is no address is taken for a name; other lines are split at commas. */
function piecesOf(line: string): readonly string[] {
  const emails = line.match(/[^\s,;<>"'()]+@[^\s,;<>"'()]+/g)
  if (emails) return emails
  return line
    .split(/[,;\t]/)
    .map(piece => piece.trim())
    .filter(piece => piece !== '')
}

function readOne(piece: string, country: string): ReadRecipients['addresses'][number] | null {
  if (piece.includes('@')) {
    const reading = readEmail(piece)
    return reading.kind === 'address' ? { channel: 'email', address: reading.address, key: reading.key } : null
  }
  const phone = parsePhoneNumberFromString(piece, isSupportedCountry(country) ? country : undefined)
  return phone?.isValid() ? { channel: 'sms', address: phone.number, key: phone.number } : null
}
