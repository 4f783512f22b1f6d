import { readEmail } from '../../../shared/domain/email-address.ts'
import type { FieldIssue } from './kind.ts'

interface From {
  readonly fromName: string
  readonly fromAddress: string
  readonly replyTo: string
}

/** The sender of e-mail in its normal form, or what is wrong with it. */
export function checkMailFrom(settings: From): From | { readonly issues: readonly FieldIssue[] } {
  const issues: FieldIssue[] = []
  const from = readEmail(settings.fromAddress)
  if (from.kind === 'invalid') {
    issues.push(issue('settings.fromAddress', 'The sender needs an e-mail address such as news@example.com'))
  }
  const reply = settings.replyTo.trim() === '' ? null : readEmail(settings.replyTo)
  if (reply?.kind === 'invalid') {
    issues.push(issue('settings.replyTo', 'Replies go to an e-mail address, or leave this empty'))
  }
  if (from.kind === 'invalid' || reply?.kind === 'invalid') return { issues }
  return {
    fromName: settings.fromName.trim(),
    fromAddress: from.address,
    replyTo: reply?.address ?? '',
  }
}

/** One thing that is wrong; `path` names the field, such as `settings.host`. */
export function issue(path: string, message: string): FieldIssue {
  return { path, message }
}
