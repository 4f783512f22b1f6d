import { type AnyProcedure, createProcedureClient, isProcedure } from '@orpc/server'
import type { Transport } from '../shared/contract/client.ts'
import { AppError } from '../shared/contract/failure.ts'
import type { Log } from './kernel/log.ts'
import { requestGuards, UNKNOWN_NAME } from './request-guards.ts'
import type { AppRouter, Caller } from './router.ts'

/** Carries requests inside the process, for tests and the command line; cloned through JSON to prove that they could travel. */
export function inProcessTransport(router: AppRouter, caller: Caller, log: Log): Transport {
  return {
    async call(path, input, options) {
      const request = createProcedureClient(procedureAt(router, path), {
        context: caller,
        path,
        interceptors: requestGuards(log),
      })
      try {
        const output: unknown = await request(clone(input), options)
        return isIterator(output) ? output : clone(output)
      } catch (error) {
        // Who stopped waiting hears that, whatever the handler made of it: the other transports do the same.
        throw options.signal?.aborted === true ? options.signal.reason : error
      }
    },
  }
}

function procedureAt(router: unknown, path: readonly string[]): AnyProcedure {
  let at = router
  for (const name of path) {
    const isThere = typeof at === 'object' && at !== null && !isProcedure(at) && Object.hasOwn(at, name)
    at = isThere ? Reflect.get(Object(at), name) : undefined
  }
  if (!isProcedure(at)) throw new AppError('not_found', UNKNOWN_NAME)
  return at
}

function clone(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}

function isIterator(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
