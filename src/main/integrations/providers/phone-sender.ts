import { issue } from './check-from.ts'
import type { FieldIssue } from './kind.ts'

/** A phone number in E.164; null when it is none. Blanks and the usual signs between digits do not matter. */
export function readPhoneSender(text: string): string | null {
  const bare = text.replace(/[\s().-]/g, '')
  return /^\+[1-9]\d{6,14}$/.test(bare) ? bare : null
}

/** A sender of SMS in its normal form: a number in E.164, a short code, or a name of up to 11 letters and digits; null otherwise. */
export function readSmsSender(text: string): string | null {
  const trimmed = text.trim()
  const phone = readPhoneSender(trimmed)
  if (phone !== null || /^\d{3,8}$/.test(trimmed)) return phone ?? trimmed
  // standards.md 2.2: at most 11 characters, at least one of them a letter.
  return /^[A-Za-z0-9 ]{1,11}$/.test(trimmed) && /[A-Za-z]/.test(trimmed) ? trimmed : null
}

/** What is wrong with the sender of SMS. */
export const SMS_SENDER_ISSUE: FieldIssue = issue(
  'settings.fromAddress',
  'The sender is a number such as +15017122661, a short code, or a name of up to 11 letters and digits',
)

/** What is wrong with a number that calls or writes. */
export const PHONE_SENDER_ISSUE: FieldIssue = issue(
  'settings.fromAddress',
  'The sender is a phone number with its country, such as +15017122661',
)
