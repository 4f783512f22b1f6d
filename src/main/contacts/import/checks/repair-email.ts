import { readEmail } from '../../../../shared/domain/email-address.ts'

/**
 * The address that a mistyped one must have meant, or null: blanks inside, a comma for a point in the domain, a doubled @
 * or point, "(at)" or "at" for @. Only what ends in a valid address is a repair.
 */
export function repairEmail(written: string): string | null {
  const text = written
    .trim()
    .replace(/\s*[([{]\s*at\s*[)\]}]\s*/i, '@')
    .replace(/\s*[([{]\s*(?:dot|punkt)\s*[)\]}]\s*/gi, '.')
    .replace(/^([^@]+?)\s+at\s+([^@]+)$/i, '$1@$2')
    .replace(/\s+/g, '')
    .replace(/@{2,}/g, '@')
    .replace(/\.{2,}/g, '.')
    .replace(/^[.,;]+|[.,;]+$/g, '')
  const at = text.lastIndexOf('@')
  if (at < 1 || text.indexOf('@') !== at) return null
  const local = text.slice(0, at).replace(/\.$/, '')
  const domain = text
    .slice(at + 1)
    .replace(/[,;]/g, '.')
    .replace(/\.{2,}/g, '.')
    .replace(/^[.]+/, '')
  const reading = readEmail(`${local}@${domain}`)
  return reading.kind === 'address' ? reading.address : null
}
