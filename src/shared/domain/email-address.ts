/** The outcome of reading an e-mail address: its normal form and the key it is compared by, or what is wrong with it. */
export type EmailReading =
  | { readonly kind: 'address'; readonly address: string; readonly key: string; readonly needsSmtpUtf8: boolean }
  | { readonly kind: 'invalid'; readonly reason: EmailFault }

export type EmailFault = 'empty' | 'no_at' | 'too_long' | 'bad_local_part' | 'bad_domain'

// RFC 5321 section 4.5.3.1: local part up to 64 octets, the whole path up to 254 without its angle brackets.
const MOST_OCTETS = 254
const MOST_LOCAL_OCTETS = 64
// RFC 5322 atext, and any character beyond ASCII (RFC 6531). Quoted local parts exist on paper only and are refused.
const ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\u{10FFFF}-]+$/u
// What nearly every address is; imports read a million of them.
const PLAIN = /^[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9.-]+[A-Za-z]$/
const DOMAINS_KEPT = 10_000
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/
const INVISIBLE = /[\u200B-\u200D\u2060\uFEFF\u00AD]/g
const SPACE_OR_CONTROL = /[\s\p{Cc}]/u

/**
 * Reads an e-mail address as people and spreadsheets write it: surrounding blanks, `mailto:`, angle brackets, invisible
 * characters and a trailing `.` or `;` are taken off; the domain is lower-cased and put into ASCII (RFC 5891). The key
 * lower-cases the local part too: in practice no provider tells `Ann@` from `ann@`, and mailing her twice is the worse error.
 */
export function readEmail(raw: string): EmailReading {
  if (raw.length <= MOST_OCTETS && PLAIN.test(raw)) {
    const key = raw.toLowerCase()
    const name = key.slice(key.indexOf('@') + 1)
    if (raw.length - name.length <= MOST_LOCAL_OCTETS && isKnownDomain(name)) {
      const address = raw.endsWith(name) ? raw : `${raw.slice(0, raw.length - name.length)}${name}`
      return { kind: 'address', address, key, needsSmtpUtf8: false }
    }
  }
  const text = clean(raw)
  if (text === '') return { kind: 'invalid', reason: 'empty' }
  const at = text.lastIndexOf('@')
  if (at < 1 || at === text.length - 1) return { kind: 'invalid', reason: 'no_at' }
  const local = text.slice(0, at)
  const domain = asciiDomain(text.slice(at + 1))
  if (local.includes('@') || SPACE_OR_CONTROL.test(local) || !local.split('.').every(part => ATOM.test(part))) {
    return { kind: 'invalid', reason: 'bad_local_part' }
  }
  if (domain === null) return { kind: 'invalid', reason: 'bad_domain' }
  const localOctets = utf8Length(local)
  if (localOctets > MOST_LOCAL_OCTETS || localOctets + 1 + domain.length > MOST_OCTETS) {
    return { kind: 'invalid', reason: 'too_long' }
  }
  const address = `${local}@${domain}`
  return { kind: 'address', address, key: address.toLowerCase(), needsSmtpUtf8: localOctets !== local.length }
}

// A list has few domains for its many addresses. Only good ones are kept, as they are written in lower case.
const goodDomains = new Set<string>()

function isKnownDomain(lower: string): boolean {
  if (goodDomains.has(lower)) return true
  if (asciiDomain(lower) !== lower) return false
  if (goodDomains.size >= DOMAINS_KEPT) goodDomains.clear()
  goodDomains.add(lower)
  return true
}

function clean(raw: string): string {
  let text = raw.replace(INVISIBLE, '').trim()
  const angled = /<([^<>]*)>\s*$/.exec(text)
  if (angled?.[1] !== undefined) text = angled[1].trim()
  return text.replace(/^mailto:/i, '').replace(/[.;,]+$/, '')
}

function asciiDomain(raw: string): string | null {
  const lower = raw.toLowerCase()
  const ascii = isAscii(lower) ? lower : punycode(lower)
  if (ascii === null || ascii.length > 253) return null
  const labels = ascii.split('.')
  const top = labels.at(-1) ?? ''
  // A domain of one label, an address of numbers and an all-numeric top level are never reachable by public mail.
  if (labels.length < 2 || !labels.every(label => LABEL.test(label)) || /^\d+$/.test(top)) return null
  return ascii
}

// The URL parser of the platform implements IDNA (UTS 46) on every side this file runs on.
declare const URL: { new (text: string): { readonly hostname: string } }
function punycode(domain: string): string | null {
  try {
    return new URL(`http://${domain}/`).hostname
  } catch {
    return null
  }
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}

function utf8Length(text: string): number {
  let octets = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    octets += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return octets
}
