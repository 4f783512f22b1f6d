import { AppError, type Failure } from '../shared/contract/failure.ts'
import type { Log } from './kernel/log.ts'
import { failuresLeaveAsValues } from './router.ts'

/** The most that one request may carry, in characters of JSON (security.md Z4). Files come as streams instead. */
export const MOST_REQUEST_CHARACTERS = 2 ** 20

/** What is said of a name that is not in the contract. */
export const UNKNOWN_NAME = 'There is no such request.'

type CallInterceptor = (options: {
  readonly path: readonly string[]
  readonly input: unknown
  next(): Promise<unknown>
}) => Promise<unknown>

/** Goes round every request in every host, outermost first: failures become values, and what is too large is refused. */
export function requestGuards(log: Log): [CallInterceptor, ...CallInterceptor[]] {
  return [failuresLeaveAsValues(log), withinSizeLimit]
}

const withinSizeLimit: CallInterceptor = options => {
  if (JSON.stringify(options.input ?? null).length > MOST_REQUEST_CHARACTERS) throw tooLarge()
  return options.next()
}

/** What is said when a request is larger than the limit. */
export function tooLarge(): AppError {
  return new AppError('invalid_input', 'The request is larger than 1 MB. Hand large things over as a file.', {
    mostCharacters: MOST_REQUEST_CHARACTERS,
  })
}

/** A Failure as oRPC puts it on the wire, for refusals that never reach the router. */
export function failureBody(failure: Failure, status: number): { readonly json: unknown; readonly meta: readonly [] } {
  return { json: { defined: false, code: failure.code, status, message: failure.message, data: failure }, meta: [] }
}

type Handled = { matched: boolean; response?: unknown }

/** Answers a name that is not in the contract with `not_found` instead of with nothing. */
export async function unknownNamesAreRefused<R extends Handled>(options: { next(): Promise<R> }): Promise<R> {
  const result = await options.next()
  if (result.matched) return result
  const body = failureBody({ code: 'not_found', message: UNKNOWN_NAME }, 404)
  return { ...result, matched: true, response: { status: 404, headers: {}, body } }
}
