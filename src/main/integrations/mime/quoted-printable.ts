const CR = 13
const LF = 10
const TAB = 9
const SPACE = 32
const DOT = 46
const EQUALS = 61
const TILDE = 126
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
    if (octet === CR || octet === LF) {
      if (octet === CR && i + 1 < octets && source[i + 1] === LF) i++
      target[out++] = CR
      target[out++] = LF
      column = 0
      continue
    }
    const plain =
      octet > SPACE
        ? octet <= TILDE && octet !== EQUALS && (octet !== DOT || column !== 0)
        : (octet === SPACE || octet === TAB) && i + 1 < octets && source[i + 1] !== CR && source[i + 1] !== LF
    if (plain) {
      if (column >= MOST_BEFORE_BREAK) {
        out = softBreak(target, out)
        column = 0
        // A dot that the break has put first on its line.
        if (octet === DOT) {
          out = escaped(target, out, octet)
          column = 3
          continue
        }
      }
      target[out++] = octet
      column += 1
    } else {
      if (column + 3 > MOST_BEFORE_BREAK) {
        out = softBreak(target, out)
        column = 0
      }
      out = escaped(target, out, octet)
      column += 3
    }
  }
  return out
}

function softBreak(target: Uint8Array, at: number): number {
  target[at] = EQUALS
  target[at + 1] = CR
  target[at + 2] = LF
  return at + 3
}

function escaped(target: Uint8Array, at: number, octet: number): number {
  target[at] = EQUALS
  target[at + 1] = HEX[octet >>> 4] ?? 0
  target[at + 2] = HEX[octet & 15] ?? 0
  return at + 3
}
