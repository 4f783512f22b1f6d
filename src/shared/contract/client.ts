// The one global of the web platform that every host has and ES2023 does not name.
declare const DOMException: new () => Error

import { type ClientLink, createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { AppError, Failure, FailureCode } from './failure.ts'
import type { Contract } from './index.ts'

/** Every request of the contract as a function. */
export type Client = ContractRouterClient<Contract>
/** What carries requests: a message port, loopback HTTP, or a call in the same process. */
export type Transport = ClientLink<Record<never, never>>

/** A client over a transport. Failures arrive as AppError, whatever carried them. */
export function createClient(transport: Transport): Client {
  return createORPCClient<Client>({
    async call(path, input, options) {
      try {
        return await transport.call(path, input, options)
      } catch (error) {
        throw asAppError(error)
      }
    },
  })
}

/** Failures travel as oRPC errors whose data is a Failure; what is not one is a broken connection. */
export function asAppError(error: unknown): unknown {
  if (error instanceof AppError) return error
  if (error instanceof DOMException && error.name === 'AbortError') return error
  if (error instanceof ORPCError) {
    const failure = Failure.safeParse(error.data)
    if (failure.success) return new AppError(failure.data.code, failure.data.message, failure.data.details ?? {})
    return new AppError(codeOf(error.status), error.message)
  }
  return new AppError(
    'unavailable',
    'Tidings did not answer. If the window stays like this, close it and open it again.',
    {
      cause: error instanceof Error ? error.message : String(error),
    },
  )
}

function codeOf(status: number): FailureCode {
  if (status === 404) return FailureCode.enum.not_found
  if (status === 403 || status === 401) return FailureCode.enum.forbidden
  return status >= 400 && status < 500 ? FailureCode.enum.invalid_input : FailureCode.enum.internal
}
