// Windows-1252 for the bytes 80 to 9F (WHATWG Encoding); the five that it leaves open are read as control characters.
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const BYTES: ReadonlyMap<string, number> = new Map(HIGH.split('').map((character, index) => [character, 0x80 + index]))

// The first byte of a UTF-8 sequence and one that follows it, both read as Windows-1252: "Ã©", "â€", "Å‚".
const TRACE = new RegExp(`[\\u00c2-\\u00f4][\\u0080-\\u00bf${HIGH}]`)
// Those of them that are all but certain: "Ã©" for é, "â€™" for ’, "Â " for a blank that does not break.
const SURE = /Ã[\u0080-\u00bf\u0152-\u2122]|â€[\u0080-\u2122]|Â[\u00a0-\u00bf]/

/** What garbled letters mean: `meant` is null when they look garbled and cannot be repaired without a loss. */
export interface Garbled {
  readonly meant: string | null
}

/** Looks for UTF-8 that was read as Windows-1252 and saved again; null when a text shows no trace of it. */
export function findMojibake(text: string): Garbled | null {
  if (!TRACE.test(text)) return null
  const meant = repairMojibake(text)
  return meant !== null || SURE.test(text) ? { meant } : null
}

/** The text before it was read in the wrong encoding, once or twice; null when the way back does not lead here again. */
export function repairMojibake(text: string): string | null {
  const once = readBack(text)
  if (once === null) return null
  return TRACE.test(once) ? (readBack(once) ?? once) : once
}

function readBack(text: string): string | null {
  const bytes = bytesOf(text)
  if (bytes === null) return null
  try {
    const meant = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return meant !== text && garble(meant) === text ? meant : null
  } catch {
    return null
  }
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const byte = code < 0x100 ? code : BYTES.get(text.charAt(i))
    if (byte === undefined) return null
    bytes[i] = byte
  }
  return bytes
}

/** A text as it looks when its UTF-8 is read as Windows-1252. */
export function garble(text: string): string {
  let garbled = ''
  for (const byte of new TextEncoder().encode(text)) {
    garbled += byte >= 0x80 && byte < 0xa0 ? HIGH.charAt(byte - 0x80) : String.fromCharCode(byte)
  }
  return garbled
}
