import type { Channel } from '../../../shared/contract/define.ts'
import { addressKey } from '../address-key.ts'

/** What a line of a list suppresses. */
export interface ListAddress {
  readonly key: string
  readonly channels: readonly Channel[]
}

/**
 * The first address on a line that counts for one of the channels: an e-mail address or a number, in any cell. Null for a
 * heading or a line that says nothing.
 */
export function addressOnLine(line: string, channels: readonly Channel[], country: string): ListAddress | null {
  const phones = channels.filter(channel => channel !== 'email')
  for (const cell of line.split(/[,;\t|]/)) {
    const text = cell.replace(/^[\s"'<\uFEFF]+|[\s"'>]+$/g, '')
    if (text.includes('@')) {
      const key = channels.includes('email') ? addressKey('email', text, country) : null
      if (key !== null) return { key, channels: ['email'] }
      continue
    }
    const [phone] = phones
    // Fewer digits are dates, counts and codes.
    if (phone === undefined || text.replace(/\D/g, '').length < 7 || /[a-z]/i.test(text)) continue
    const key = addressKey(phone, text, country)
    if (key !== null) return { key, channels: phones }
  }
  return null
}
