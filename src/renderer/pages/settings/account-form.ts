import { z } from 'zod'
import type { Channel } from '../../../shared/contract/define.ts'
import { AppError } from '../../../shared/contract/failure.ts'
import { type SenderLimits, SenderSettings } from '../../../shared/contract/sender-settings.ts'
import type { ProviderKind, Sender } from '../../../shared/contract/senders.ts'

/** What the account dialog holds while it is open. Settings may be half typed; a secret that is not named keeps what is stored. */
export interface AccountForm {
  readonly channel: Channel
  readonly name: string
  readonly values: Readonly<Record<string, unknown>>
  readonly limits: SenderLimits
  readonly secrets: Readonly<Record<string, string>>
}

/** What is wrong, by the field it is about. */
export type FieldErrors = Readonly<Record<string, string>>

/** The form for an account that exists. */
export function formOfAccount({ channel, name, settings, limits }: Sender): AccountForm {
  return { channel, name, values: { ...settings }, limits, secrets: {} }
}

/** The form for a new account of a kind. */
export function formOfKind({ channel, settings, limits }: ProviderKind): AccountForm {
  return { channel, name: '', values: { ...settings }, limits, secrets: {} }
}

/** What the application is asked to save or to test, or the fields that are not whole yet. */
export function inputOf(sender: Sender | null, form: AccountForm) {
  const settings = SenderSettings.safeParse(form.values)
  if (!settings.success) {
    const issues = settings.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
    return { input: null, errors: errorsOf(issues) }
  }
  const { channel, limits } = form
  const secrets = { ...form.secrets }
  const input = { id: sender?.id ?? null, channel, name: form.name.trim(), settings: settings.data, limits, secrets }
  return { input, errors: {} }
}

const Issues = z.array(z.object({ path: z.string(), message: z.string() }))

/** What the application found wrong with the fields of the form; empty when it was something else. */
export function refusedFields(error: unknown): FieldErrors {
  if (!(error instanceof AppError)) return {}
  const issues = Issues.safeParse(error.details['issues'])
  return issues.success ? errorsOf(issues.data) : {}
}

function errorsOf(issues: readonly { readonly path: string; readonly message: string }[]): FieldErrors {
  return Object.fromEntries(issues.map(({ path, message }) => [path.replace(/^settings\./, '').split('.')[0], message]))
}
