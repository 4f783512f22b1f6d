import { z } from 'zod'

/** Every code a request can fail with. Screens may decide on the code; people read the message. */
export const FailureCode = z.enum(['invalid_input', 'not_found', 'conflict', 'forbidden', 'unavailable', 'internal'])
export type FailureCode = z.infer<typeof FailureCode>

/** What crosses the contract when a request fails. `message` says what was expected, what came, and what to do. */
export const Failure = z.object({
  code: FailureCode,
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
})
export type Failure = z.infer<typeof Failure>

/** A broken expectation, thrown by a domain and rebuilt by the client. Anything else that is thrown is a bug. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: FailureCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: FailureCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.code = code
    this.details = details
  }
}

/** Fails with `not_found` and names what is missing. */
export function notFound(what: string, id: string): AppError {
  return new AppError('not_found', `There is no ${what} with the id ${id}. It may have been deleted.`, { what, id })
}
