import { createRouterClient } from '@orpc/server'
import type { Transport } from '../shared/contract/client.ts'
import type { Log } from './kernel/log.ts'
import { type AppRouter, type Caller, failuresLeaveAsValues } from './router.ts'

/** Carries requests inside the process, for tests and the command line; cloned through JSON to prove that they could travel. */
export function inProcessTransport(router: AppRouter, caller: Caller, log: Log): Transport {
  const client: unknown = createRouterClient(router, { context: caller, interceptors: [failuresLeaveAsValues(log)] })
  return {
    async call(path, input, options) {
      let at: unknown = client
      for (const name of path)
        at = typeof at === 'object' || typeof at === 'function' ? Reflect.get(Object(at), name) : undefined
      if (typeof at !== 'function') throw new Error(`no request ${path.join('.')}`)
      const output: unknown = await at(clone(input), options)
      return isIterator(output) ? output : clone(output)
    },
  }
}

function clone(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}

function isIterator(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
