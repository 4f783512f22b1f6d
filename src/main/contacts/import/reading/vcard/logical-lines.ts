/** A line of a card with its folds taken out: its octets, one a character, and where it begins. */
export interface LogicalLine {
  readonly line: number
  readonly octets: string
  /** The line was longer than a property may be and was cut. */
  readonly isCut: boolean
}

// Pictures come inside cards and are megabytes long; what is longer than this is cut, and pictures are not kept at all.
const MOST_LENGTH = 1_048_576
const PICTURE = /^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]/i
const PICTURE_KEPT = 64

/**
 * Unfolds lines of vCards as they come (RFC 6350, 3.2: a line end and one blank vanish; vCard 2.1: the blank stays; quoted
 * printable: `=` at the end of a line). It works on octets, because folds may cut a character in two.
 */
export function createLogicalLines(): { push(octets: string): LogicalLine[]; end(): LogicalLine[] } {
  let rest = ''
  let lineNumber = 0
  let current = ''
  let currentAt = 0
  let isCut = false
  let isPicture = false
  let isSoft = false
  let keepsBlank = false

  function append(text: string): void {
    const most = isPicture ? PICTURE_KEPT : MOST_LENGTH
    if (current.length + text.length > most) {
      isCut = isCut || !isPicture
      current += text.slice(0, Math.max(0, most - current.length))
    } else current += text
  }

  function take(line: string, lines: LogicalLine[]): void {
    lineNumber += 1
    if (isSoft && !isCardMark(line)) {
      current = current.slice(0, -1)
      append(line)
    } else if (currentAt > 0 && /^[ \t]/.test(line) && current !== '') append(line.slice(keepsBlank ? 0 : 1))
    else {
      finish(lines)
      currentAt = lineNumber
      isPicture = PICTURE.test(line)
      append(line)
      if (/^VERSION:2/i.test(line)) keepsBlank = true
      else if (/^VERSION:/i.test(line)) keepsBlank = false
    }
    isSoft = current.endsWith('=') && /^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]/i.test(current.slice(0, 500))
  }

  function finish(lines: LogicalLine[]): void {
    if (currentAt > 0 && current.trim() !== '') lines.push({ line: currentAt, octets: current, isCut })
    current = ''
    currentAt = 0
    isCut = false
    isPicture = false
    isSoft = false
  }

  return {
    push(octets) {
      const lines: LogicalLine[] = []
      const pieces = (rest + octets).split(/\r\n|\n|\r(?!$)/)
      rest = pieces.pop() ?? ''
      for (const piece of pieces) take(piece, lines)
      // A physical line without an end: its beginning is enough.
      if (rest.length > MOST_LENGTH * 2) rest = rest.slice(0, MOST_LENGTH + 1)
      return lines
    },
    end() {
      const lines: LogicalLine[] = []
      if (rest !== '') take(rest.replace(/\r$/, ''), lines)
      rest = ''
      finish(lines)
      return lines
    },
  }
}

function isCardMark(line: string): boolean {
  return /^(?:BEGIN|END):VCARD\s*$/i.test(line)
}
