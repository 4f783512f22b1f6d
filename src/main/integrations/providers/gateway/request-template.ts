/** What may stand in a template, in double braces. */
export const PLACES = ['to', 'toDigits', 'from', 'text', 'id', 'secret'] as const
export type Place = (typeof PLACES)[number]
export type Values = Readonly<Record<Place, string>>

const PLACE = /\{\{\s*([A-Za-z]+)\s*\}\}/g

/** The first name in double braces that is none of the places; null when all are. */
export function unknownPlace(template: string): string | null {
  for (const [, name = ''] of template.matchAll(PLACE)) if (!isPlace(name)) return name
  return null
}

/** An address: what is filled in becomes part of one path step or one value, never a new one. */
export function filledUrl(template: string, values: Values): string {
  return filled(template, values, encodeURIComponent)
}

/** A header: what is filled in is kept where it is printable ASCII, else written in percent. */
export function filledHeader(template: string, values: Values): string {
  return filled(template, values, text => text.replace(/[^\x20-\x7e]+/g, run => encodeURIComponent(run)))
}

/** A body, filled in as its kind has it: JSON, a form, XML, or plain text. */
export function filledBody(template: string, contentType: string, values: Values): string {
  const type = contentType.toLowerCase()
  if (/\bjson\b/.test(type)) return filledJson(template, values)
  if (type.includes('x-www-form-urlencoded')) return filled(template, values, encodeURIComponent)
  if (/\bxml\b/.test(type)) return filled(template, values, xmlText)
  return filled(template, values, text => text)
}

/** Inside quotes a place becomes the inside of a JSON string, elsewhere a whole string. */
function filledJson(template: string, values: Values): string {
  let out = ''
  let from = 0
  let isInString = false
  for (const found of template.matchAll(PLACE)) {
    const before = template.slice(from, found.index)
    isInString = endsInString(before, isInString)
    const name = found[1] ?? ''
    const whole = isPlace(name) ? JSON.stringify(values[name]) : found[0]
    out += before + (isInString && isPlace(name) ? whole.slice(1, -1) : whole)
    from = found.index + found[0].length
  }
  return out + template.slice(from)
}

function endsInString(text: string, began: boolean): boolean {
  let isInString = began
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') isInString = !isInString
    else if (text[i] === '\\' && isInString) i += 1
  }
  return isInString
}

function filled(template: string, values: Values, encode: (text: string) => string): string {
  return template.replace(PLACE, (whole, name: string) => (isPlace(name) ? encode(values[name]) : whole))
}

function isPlace(name: string): name is Place {
  return PLACES.some(place => place === name)
}

const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

function xmlText(text: string): string {
  return text.replace(/[&<>"']/g, sign => XML[sign] ?? sign)
}
