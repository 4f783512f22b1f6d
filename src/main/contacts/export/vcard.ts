import type { ExportedContact } from './exported-contact.ts'

/** A contact as a vCard 4.0 (RFC 6350), lines folded at 75 octets. Fields that are empty are left out. */
export function vcardOf(contact: ExportedContact): string {
  const lines = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    `UID:urn:tidings:${contact.id}`,
    `FN:${escaped(fullName(contact))}`,
    `N:${escaped(contact.lastName)};${escaped(contact.firstName)};;;`,
    ...line('ORG', contact.company),
    ...line('EMAIL', contact.email),
    ...(contact.phone === null ? [] : [`TEL;VALUE=uri;TYPE=cell:tel:${contact.phone}`]),
    ...addressLine(contact),
    ...(contact.latitude === null || contact.longitude === null
      ? []
      : [`GEO:geo:${contact.latitude},${contact.longitude}`]),
    ...(contact.birthday === null ? [] : [`BDAY:${contact.birthday.replaceAll('-', '')}`]),
    ...line('TZ', contact.timeZone),
    ...line('LANG', contact.language),
    ...(contact.tags.length === 0 ? [] : [`CATEGORIES:${contact.tags.map(escaped).join(',')}`]),
    ...contact.notes.map(note => `NOTE:${escaped(note)}`),
    ...Object.entries(contact.socials).map(
      ([network, handle]) => `X-SOCIALPROFILE;TYPE=${network.replace(/[^A-Za-z0-9-]/g, '')}:${escaped(handle)}`,
    ),
    `REV:${new Date(contact.updatedAt).toISOString().replace(/[-:]|\.\d+/g, '')}`,
    'END:VCARD',
  ]
  return lines.map(folded).join('')
}

function fullName(contact: ExportedContact): string {
  const name = `${contact.firstName} ${contact.lastName}`.trim()
  return name || contact.company || contact.email || contact.phone || 'Unnamed'
}

function line(property: string, value: string | null): readonly string[] {
  return value === null || value === '' ? [] : [`${property}:${escaped(value)}`]
}

function addressLine(contact: ExportedContact): readonly string[] {
  const parts = [contact.street, contact.city, contact.region, contact.postalCode, contact.country]
  return parts.every(part => part === '') ? [] : [`ADR:;;${parts.map(escaped).join(';')}`]
}

function escaped(text: string): string {
  return (
    text
      .replaceAll('\\', '\\\\')
      .replaceAll(';', '\\;')
      .replaceAll(',', '\\,')
      .replace(/\r\n|\r|\n/g, '\\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: a vCard has no other control characters than tabs.
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
  )
}

const MOST_OCTETS = 75

/** Folded between characters, never inside one (RFC 6350, 3.2). */
function folded(text: string): string {
  let out = ''
  let octets = 0
  for (const character of text) {
    const size = Buffer.byteLength(character)
    if (octets + size > MOST_OCTETS) {
      out += '\r\n '
      octets = 1
    }
    out += character
    octets += size
  }
  return `${out}\r\n`
}
