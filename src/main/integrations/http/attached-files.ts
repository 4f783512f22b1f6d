import { readFileSync } from 'node:fs'
import type { MailPart } from '../mime/mail-style.ts'

const MOST_KEPT_BYTES = 32 * 2 ** 20

/** Reads attachments as base64 and keeps what it read: a campaign sends the same ones to everybody. Fails when a file cannot be read. */
export function createAttachedFiles(): (part: MailPart) => string {
  const kept = new Map<string, string>()
  let bytes = 0
  return part => {
    const known = kept.get(part.path)
    if (known !== undefined) return known
    const fresh = readFileSync(part.path).toString('base64')
    if (bytes + fresh.length > MOST_KEPT_BYTES) {
      kept.clear()
      bytes = 0
    }
    kept.set(part.path, fresh)
    bytes += fresh.length
    return fresh
  }
}
