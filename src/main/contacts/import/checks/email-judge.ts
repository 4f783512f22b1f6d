import type { ImportFix } from '../../../../shared/contract/import-checks.ts'
import { type EmailFault, readEmail } from '../../../../shared/domain/email-address.ts'
import type { ProblemKind, RowProblem } from './checked-row.ts'
import { DISPOSABLE_DOMAINS } from './disposable-domains.ts'
import { repairEmail } from './repair-email.ts'
import { ROLE_NAMES, TYPO_DOMAINS } from './typo-domains.ts'

/** What an e-mail cell is after the chosen fixes: an address with what there is to say about it, nothing, or a fault. */
export type EmailJudgement =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'address'
      readonly address: string
      readonly key: string
      readonly problems: readonly RowProblem[]
      /** The tag that a fix gives to the contact; empty for none. */
      readonly tag: string
    }
  | {
      readonly kind: 'invalid'
      readonly problem: ProblemKind
      readonly written: string
      readonly reason: string
      readonly becomes: string
    }

const FAULTS: Readonly<Record<EmailFault, string>> = {
  empty: 'The e-mail address is empty.',
  no_at: 'An e-mail address needs a name, an @ and a domain, such as name@example.org.',
  too_long: 'The e-mail address is longer than mail servers accept (64 characters before the @, 254 in all).',
  bad_local_part: 'The part before the @ holds a blank or a character that e-mail addresses cannot have.',
  bad_domain: 'The part behind the @ is not a domain such as example.org.',
}
const NONE: EmailJudgement = { kind: 'none' }
const WRAPPED = /[<>\u200B-\u200D\u2060\uFEFF\u00AD]|^mailto:/i

/** Judges e-mail addresses under the fixes that were chosen; `keptDomains` look mistyped and are right. */
export function createEmailJudge(
  fixes: ReadonlySet<ImportFix>,
  keptDomains: ReadonlySet<string>,
): (cell: string) => EmailJudgement {
  return cell => {
    if (cell === '') return NONE
    const reading = readEmail(cell)
    if (reading.kind === 'invalid') return repaired(cell, reading.reason)
    // A look at the length is enough for nearly all: what was taken off made the address shorter.
    const isCleaned = reading.address.length !== cell.length && WRAPPED.test(cell)
    const cleaned: RowProblem[] = isCleaned
      ? [{ kind: 'cleaned_email', severity: 'corrected', value: cell, becomes: reading.address }]
      : []
    return judged(reading.address, reading.key, cleaned)
  }

  function repaired(cell: string, fault: EmailFault): EmailJudgement {
    const meant = repairEmail(cell)
    const reading = meant === null ? null : readEmail(meant)
    if (reading?.kind !== 'address') {
      return { kind: 'invalid', problem: 'bad_email', written: cell, reason: FAULTS[fault], becomes: '' }
    }
    const { address, key } = reading
    if (!fixes.has('repair_email')) {
      return { kind: 'invalid', problem: 'repairable_email', written: cell, reason: FAULTS[fault], becomes: address }
    }
    const problem = { kind: 'repairable_email' as const, value: cell, becomes: address }
    return judged(address, key, [{ ...problem, severity: 'corrected', applied: 'repair_email' }])
  }

  function judged(written: string, writtenKey: string, cleaned: RowProblem[]): EmailJudgement {
    let address = written
    let key = writtenKey
    let problems: readonly RowProblem[] = cleaned
    const domain = key.slice(key.lastIndexOf('@') + 1)
    const meant = TYPO_DOMAINS.get(domain)
    if (meant !== undefined) {
      const becomes = `${address.slice(0, address.lastIndexOf('@'))}@${meant}`
      const part = { value: domain, becomes: meant }
      const problem = { kind: 'typo_domain' as const, value: address, becomes, part }
      if (fixes.has('typo_domain') && !keptDomains.has(domain)) {
        problems = [...problems, { ...problem, severity: 'corrected', applied: 'typo_domain' }]
        address = becomes
        key = becomes.toLowerCase()
      } else problems = [...problems, { ...problem, severity: 'warning' }]
    }
    const at = key.lastIndexOf('@')
    const isRole = ROLE_NAMES.has(key.slice(0, at))
    const isDisposable = DISPOSABLE_DOMAINS.has(key.slice(at + 1))
    if (!isRole && !isDisposable) return { kind: 'address', address, key, problems, tag: '' }
    if (isRole && fixes.has('skip_role')) {
      return left('role_address', address, 'The address belongs to a function such as info@, and such are left out.')
    }
    if (isDisposable && fixes.has('skip_disposable')) {
      return left('disposable_address', address, 'The address is of a throw-away service, and such are left out.')
    }
    const kind = isRole ? 'role_address' : 'disposable_address'
    const fix = isRole ? 'tag_role' : 'tag_disposable'
    const tag = fixes.has(fix) ? (isRole ? 'function address' : 'throw-away address') : ''
    const notice: RowProblem =
      tag === ''
        ? { kind, severity: 'warning', value: address }
        : { kind, severity: 'corrected', value: address, becomes: tag, applied: fix }
    return { kind: 'address', address, key, problems: [...problems, notice], tag }
  }
}

function left(problem: ProblemKind, written: string, reason: string): EmailJudgement {
  return { kind: 'invalid', problem, written, reason, becomes: '' }
}
