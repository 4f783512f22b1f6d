/** One reply of a server (RFC 5321 section 4.2), all its lines. */
export interface Reply {
  readonly code: number
  /** The enhanced status code (RFC 3463) such as `5.1.1`; empty when there is none. */
  readonly enhanced: string
  /** The text of the lines, joined by blanks, without the codes. */
  readonly text: string
  /** The text of each line, without its reply code. */
  readonly lines: readonly string[]
}

/** Takes what arrives in whatever pieces and gives complete replies. */
export interface ReplyReader {
  /** The replies that are complete now; null when what came is not SMTP, after which nothing more can be read. */
  take(chunk: string): readonly Reply[] | null
  /** Whether a reply has begun and not ended. */
  isPartial(): boolean
}

// RFC 5321 section 4.5.3.1.5 allows 512 octets a line; servers are wordier, but not without end.
const MOST_HELD = 65_536
const LINE = /^([2-5]\d\d)(?:([ -])(.*))?$/
const ENHANCED = /^([245]\.\d{1,3}\.\d{1,3})(?:\s+|$)/

/** A reader of replies. */
export function createReplyReader(): ReplyReader {
  let held = ''
  let lines: string[] = []
  let length = 0
  return {
    take(chunk) {
      held += chunk
      const replies: Reply[] = []
      for (;;) {
        const end = held.indexOf('\n')
        if (end < 0) return held.length + length > MOST_HELD ? null : replies
        const match = LINE.exec(held.slice(0, held[end - 1] === '\r' ? end - 1 : end))
        held = held.slice(end + 1)
        if (!match) return null
        const text = match[3] ?? ''
        lines.push(text)
        length += text.length
        if (length > MOST_HELD) return null
        if (match[2] === '-') continue
        replies.push(replyOf(Number(match[1]), lines))
        lines = []
        length = 0
      }
    },
    isPartial: () => held !== '' || lines.length > 0,
  }
}

/** A reply from its code and the text of its lines. */
export function replyOf(code: number, lines: readonly string[]): Reply {
  const enhanced = ENHANCED.exec(lines[0] ?? '')?.[1] ?? ''
  const text = lines
    .map(line => line.replace(ENHANCED, '').trim())
    .join(' ')
    .trim()
  return { code, enhanced, text, lines }
}
