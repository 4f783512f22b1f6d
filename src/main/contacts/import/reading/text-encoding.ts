import chardet from 'chardet'
import { latinEncoding } from './latin-encoding.ts'

/** What the bytes of a file say about its encoding. */
export interface EncodingFinding {
  /** A name that iconv-lite knows. */
  readonly encoding: string
  readonly why: string
}

// What chardet calls a text in another script, and the superset that programs really write.
const SUPERSETS: Readonly<Record<string, string>> = {
  'ISO-8859-5': 'iso-8859-5',
  'ISO-8859-7': 'windows-1253',
  'ISO-8859-8': 'windows-1255',
  'windows-1251': 'windows-1251',
  'windows-1253': 'windows-1253',
  'windows-1255': 'windows-1255',
  'windows-1256': 'windows-1256',
  'KOI8-R': 'koi8-r',
  Shift_JIS: 'shift_jis',
  'EUC-JP': 'euc-jp',
  'EUC-KR': 'euc-kr',
  Big5: 'big5',
  GB18030: 'gb18030',
}

const WHOLE_PER_BROKEN = 4

const OTHER_SCRIPTS = new Set([
  'windows-1251',
  'koi8-r',
  'iso-8859-5',
  'windows-1253',
  'windows-1255',
  'windows-1256',
  'shift_jis',
  'euc-jp',
  'euc-kr',
  'big5',
  'gb18030',
])

/** How the text is encoded, from blocks of its bytes; the first block begins the file. */
export function detectEncoding(blocks: readonly Uint8Array[]): EncodingFinding {
  const head = blocks[0] ?? new Uint8Array()
  const marked = byteOrderMark(head)
  if (marked) return marked
  const wide = wideEncoding(head)
  if (wide) return wide
  if (blocks.every((block, index) => isUtf8(index === 0 ? block : fromCharacterStart(block)))) {
    const plain = blocks.every(block => block.every(octet => octet < 0x80))
    return { encoding: 'utf-8', why: plain ? 'only plain letters, read as UTF-8' : 'valid UTF-8' }
  }
  if (blocks.every((block, index) => isNearlyUtf8(index === 0 ? block : fromCharacterStart(block)))) {
    return { encoding: 'utf-8', why: 'UTF-8 with some broken characters' }
  }
  const odd = blocks.find((block, index) => !isUtf8(index === 0 ? block : fromCharacterStart(block))) ?? head
  return byStatistics(foreignWords(odd))
}

function byStatistics({ words, dense }: { words: Uint8Array; dense: boolean }): EncodingFinding {
  if (!dense) {
    const encoding = latinEncoding(words)
    const usual = encoding === 'windows-1252'
    return {
      encoding,
      why: usual ? 'not UTF-8; read as Windows-1252, the usual Western encoding' : looksLike(encoding),
    }
  }
  for (const { name } of chardet.analyse(words)) {
    const encoding = SUPERSETS[name]
    if (encoding !== undefined && OTHER_SCRIPTS.has(encoding)) return { encoding, why: looksLike(encoding) }
  }
  return { encoding: 'windows-1251', why: 'not UTF-8; words without Latin letters, read as Windows-1251' }
}

function looksLike(encoding: string): string {
  return `not UTF-8; looks like ${NAMES[encoding] ?? encoding}`
}

const NAMES: Readonly<Record<string, string>> = { macintosh: 'MacRoman', cp850: 'DOS code page 850' }

/**
 * The words of a text that hold more than ASCII: column names and addresses would drown them. They are dense when hardly
 * any of their letters are Latin, so that the script is another one; accents are sprinkled among Latin letters.
 */
function foreignWords(block: Uint8Array): { words: Uint8Array; dense: boolean } {
  const kept: number[] = []
  let beyond = 0
  let latin = 0
  let from = 0
  const isLetter = (octet: number): boolean => octet >= 0x80 || ((octet | 0x20) >= 0x61 && (octet | 0x20) <= 0x7a)
  while (from < block.length) {
    let to = from
    let foreign = 0
    while (to < block.length && isLetter(block[to] ?? 0)) {
      if ((block[to] ?? 0) >= 0x80) foreign += 1
      to += 1
    }
    if (foreign > 0) {
      for (let i = from; i < to; i++) kept.push(block[i] ?? 0)
      kept.push(0x20)
      beyond += foreign
      latin += to - from - foreign
    }
    from = Math.max(to, from + 1)
  }
  return { words: Uint8Array.from(kept), dense: beyond > latin * 2 }
}

function byteOrderMark(head: Uint8Array): EncodingFinding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) {
    return { encoding: 'utf-8', why: 'UTF-8, marked at the beginning of the file' }
  }
  if (head[0] === 0xff && head[1] === 0xfe && head[2] === 0 && head[3] === 0) {
    return { encoding: 'utf-32le', why: 'UTF-32, marked at the beginning' }
  }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', why: 'UTF-16, marked at the beginning' }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', why: 'UTF-16, marked at the beginning' }
  return null
}

// UTF-16 text of any European language has a zero in every second octet.
function wideEncoding(head: Uint8Array): EncodingFinding | null {
  const length = Math.min(head.length, 65_536) & ~1
  if (length < 4) return null
  let even = 0
  let odd = 0
  for (let i = 0; i < length; i += 2) {
    if (head[i] === 0) even += 1
    if (head[i + 1] === 0) odd += 1
  }
  const pairs = length / 2
  if (odd > pairs * 0.3 && even < pairs * 0.05) return { encoding: 'utf-16le', why: 'UTF-16 without a mark' }
  if (even > pairs * 0.3 && odd < pairs * 0.05) return { encoding: 'utf-16be', why: 'UTF-16 without a mark' }
  return null
}

function isUtf8(block: Uint8Array): boolean {
  try {
    // A character that the end of the block cuts in two is not a fault.
    new TextDecoder('utf-8', { fatal: true }).decode(block, { stream: true })
    return true
  } catch {
    return false
  }
}

// A few broken characters among many whole ones: a cell that was cut by its length in bytes. Other encodings hardly ever
// make a sequence of UTF-8 by chance.
function isNearlyUtf8(block: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(block, { stream: true })
  let whole = 0
  let broken = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0xfffd) broken += 1
    else if (code >= 0x80) whole += 1
  }
  return broken * WHOLE_PER_BROKEN <= whole
}

function fromCharacterStart(block: Uint8Array): Uint8Array {
  let start = 0
  while (start < 3 && ((block[start] ?? 0) & 0xc0) === 0x80) start += 1
  return block.subarray(start)
}
