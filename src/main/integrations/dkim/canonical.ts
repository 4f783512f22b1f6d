/*
 * Relaxed canonicalisation, RFC 6376 sections 3.4.2 and 3.4.4: what mail servers do to blanks on the way must not break a
 * signature.
 */

const TAB = 9
const LF = 10
const CR = 13
const SPACE = 32

/** A header field as `relaxed` has it: name in lower case, unfolded, runs of blanks as one, none around the colon or at the end. */
export function relaxedField(field: string): string {
  const colon = field.indexOf(':')
  const name = field.slice(0, colon).trimEnd().toLowerCase()
  const value = field
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
  return `${name}:${trimBlanks(value)}`
}

/** The fields of a header block, each with its folds and without the CRLF that ends it. */
export function fieldsOf(head: string): readonly string[] {
  return head.split(/\r\n(?![ \t])/).filter(field => field !== '')
}

/**
 * Writes a body as `relaxed` has it into `target` and returns how many octets it wrote, never more than the body has plus two:
 * runs of blanks as one, none at the end of a line, no empty lines at the end, and CRLF after the last line.
 */
export function relaxBody(body: Uint8Array, target: Uint8Array): number {
  let out = 0
  // Where the last line that is not empty ended, its CRLF included.
  let kept = 0
  let hasBlank = false
  let lineStart = 0
  for (let i = 0; i < body.length; i++) {
    const octet = body[i] ?? 0
    if (octet === SPACE || octet === TAB) hasBlank = true
    else if (octet === CR && body[i + 1] === LF) {
      const isEmpty = out === lineStart
      target[out] = CR
      target[out + 1] = LF
      out += 2
      i++
      hasBlank = false
      lineStart = out
      if (!isEmpty) kept = out
    } else {
      if (hasBlank) target[out++] = SPACE
      hasBlank = false
      target[out++] = octet
    }
  }
  if (out === lineStart) return kept
  target[out] = CR
  target[out + 1] = LF
  return out + 2
}

function trimBlanks(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && text.charCodeAt(from) === SPACE) from++
  while (to > from && text.charCodeAt(to - 1) === SPACE) to--
  return text.slice(from, to)
}
