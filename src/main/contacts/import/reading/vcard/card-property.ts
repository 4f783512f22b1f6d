import iconv from 'iconv-lite'

/** One property of a card, such as `item1.TEL;TYPE=cell:+1 202 555 0123`. */
export interface CardProperty {
  /** Ties properties together, as `item1` ties a number to its label; empty for none. */
  readonly group: string
  /** In capitals. */
  readonly name: string
  /** Values of TYPE, and the bare words of vCard 2.1, in lower case. */
  readonly types: ReadonlySet<string>
  /** Decoded, not yet split and unescaped. */
  readonly value: string
}

/** Takes a logical line apart; null for a line that is no property. `encoding` is that of the file. */
export function cardProperty(octets: string, encoding: string): CardProperty | null {
  const colon = colonOf(octets)
  if (colon === -1) return null
  const [label = '', ...parameters] = split(octets.slice(0, colon), ';')
  const dot = label.lastIndexOf('.')
  const types = new Set<string>()
  let transfer = ''
  let charset = ''
  for (const parameter of parameters) {
    const equals = parameter.indexOf('=')
    const key = equals === -1 ? '' : parameter.slice(0, equals).trim().toUpperCase()
    const value = parameter.slice(equals + 1).trim()
    if (key === 'ENCODING' || /^(?:quoted-printable|base64|8bit|7bit)$/i.test(value)) transfer = value.toUpperCase()
    else if (key === 'CHARSET') charset = value.replaceAll('"', '')
    else if (key === 'TYPE' || key === '')
      for (const type of value.replaceAll('"', '').split(',')) types.add(type.trim().toLowerCase())
    else if (key === 'PREF' && value.replaceAll('"', '') === '1') types.add('pref')
  }
  if (transfer === 'B' || transfer === 'BASE64') return null
  const raw = octets.slice(colon + 1)
  const bytes = Buffer.from(transfer === 'QUOTED-PRINTABLE' ? unquotedPrintable(raw) : raw, 'latin1')
  const value = decoded(bytes, charset !== '' && iconv.encodingExists(charset) ? charset : encoding)
  return {
    group: label.slice(0, Math.max(0, dot)).toLowerCase(),
    name: label
      .slice(dot + 1)
      .trim()
      .toUpperCase(),
    types,
    value,
  }
}

// The first colon that is not inside a quoted parameter.
function colonOf(text: string): number {
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (letter === '"') isQuoted = !isQuoted
    else if (letter === ':' && !isQuoted) return at
  }
  return text.indexOf(':')
}

function split(text: string, separator: string): string[] {
  const parts: string[] = []
  let isQuoted = false
  let from = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted
    else if (text[at] === separator && !isQuoted) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  parts.push(text.slice(from))
  return parts
}

function unquotedPrintable(octets: string): string {
  return octets
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

function decoded(bytes: Buffer, encoding: string): string {
  return bytes.every(octet => octet < 0x80) ? bytes.toString('latin1') : iconv.decode(bytes, encoding)
}

/** The components of a structured value, parted by semicolons that are not escaped; each unescaped. */
export function components(value: string): string[] {
  return partsBetween(value, ';').map(unescaped)
}

/** The items of a list, parted by commas that are not escaped; each unescaped. */
export function listItems(value: string): string[] {
  return partsBetween(value, ',')
    .map(unescaped)
    .filter(item => item !== '')
}

/** A text with its escapes undone: `\n`, `\,`, `\;` and `\\`. */
export function unescaped(value: string): string {
  return value.replace(/\\([\s\S])/g, (_, letter: string) => (letter === 'n' || letter === 'N' ? '\n' : letter)).trim()
}

function partsBetween(value: string, separator: string): string[] {
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < value.length; at++) {
    if (value[at] === '\\') at += 1
    else if (value[at] === separator) {
      parts.push(value.slice(from, at))
      from = at + 1
    }
  }
  parts.push(value.slice(from))
  return parts
}
