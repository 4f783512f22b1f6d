const CR = 13
const LF = 10
const TAB = 9
const SPACE = 32
const DOT = 46
const EQUALS = 61
const TILDE = 126
// 1 for what may always stand for itself: a table, because this loop sees every octet of every message.
const PLAIN = Uint8Array.from({ length: 256 }, (_, octet) =>
  octet > SPACE && octet <= TILDE && octet !== EQUALS && octet !== DOT ? 1 : 0,
)
// RFC 2045 section 6.7 rule 5: 76 characters a line with the `=` of a soft line break.
const MOST_BEFORE_BREAK = 75

const HEX = Uint8Array.from('0123456789ABCDEF', digit => digit.charCodeAt(0))

/** How many octets `encodeQuotedPrintable` may write for `octets` octets of text. */
export function mostQuotedPrintable(octets: number): number {
  // Three for each, and a soft break of three after every 73 at the earliest.
  return octets * 3 + Math.ceil((octets * 3) / 73) * 3 + 8
}

/**
 * Writes UTF-8 text as quoted-printable (RFC 2045 section 6.7) into `target` from `at` and returns where it ended. Line ends
 * of every kind become CRLF, lines hold at most 76 characters, and none begins with a dot, so that nothing is left to stuff.
 */
export function encodeQuotedPrintable(source: Uint8Array, octets: number, target: Uint8Array, at: number): number {
  let out = at
  let column = 0
  for (let i = 0; i < octets; i++) {
    const octet = source[i] ?? 0
    let isPlain = PLAIN[octet] === 1
    if (!isPlain) {
      if (octet === CR || octet === LF) {
        if (octet === CR && i + 1 < octets && source[i + 1] === LF) i++
        target[out++] = CR
        target[out++] = LF
        column = 0
        continue
      }
      if (octet === DOT) isPlain = column !== 0 && column < MOST_BEFORE_BREAK
      else if (octet === SPACE || octet === TAB) {
        // Blanks at the end of a line are lost on the way.
        isPlain = i + 1 < octets && source[i + 1] !== CR && source[i + 1] !== LF
      }
    }
    const width = isPlain ? 1 : 3
    if (column + width > MOST_BEFORE_BREAK) {
      target[out] = EQUALS
      target[out + 1] = CR
      target[out + 2] = LF
      out += 3
      column = 0
    }
    column += width
    if (isPlain) target[out++] = octet
    else {
      target[out] = EQUALS
      target[out + 1] = HEX[octet >>> 4] ?? 0
      target[out + 2] = HEX[octet & 15] ?? 0
      out += 3
    }
  }
  return out
}
