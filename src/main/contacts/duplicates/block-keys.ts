import type { CompareKeys } from './compare-keys.ts'

// Names that many mailboxes have, and which say nothing about who reads them.
const ROLE_MAILBOXES = new Set(['info', 'contact', 'office', 'sales', 'support', 'admin', 'mail', 'hello', 'service'])
const LONG_ENOUGH = 5

/**
 * What a contact is filed under when duplicates are looked for: only contacts that share one of these texts are compared.
 * A pair that shares none of phone, mailbox, name with place, name with company, or whole name is not found.
 */
export function blockKeys(keys: CompareKeys): readonly string[] {
  const blocks: string[] = []
  if (keys.phone !== '') blocks.push(`p${keys.phone}`)
  if (keys.mailbox.length >= LONG_ENOUGH && !ROLE_MAILBOXES.has(keys.mailbox)) blocks.push(`m${keys.mailbox}`)
  const place = keys.postalCode || keys.city
  if (keys.lastName !== '' && place !== '') blocks.push(`n${keys.lastName}|${keys.firstName.slice(0, 1)}|${place}`)
  if (keys.lastName !== '' && keys.company !== '') blocks.push(`c${keys.lastName}|${keys.company}`)
  if (keys.firstName !== '' && keys.lastName !== '') blocks.push(`f${keys.name}`)
  return blocks
}
