import { type AnyContractProcedure, type AnyContractRouter, isContractProcedure, ValidationError } from '@orpc/contract'
import { implement, ORPCError, type Router } from '@orpc/server'
import type { RequestMeta } from '../shared/contract/define.ts'
import { AppError, type Failure } from '../shared/contract/failure.ts'
import { type Contract, contract } from '../shared/contract/index.ts'
import { rolesWith } from '../shared/domain/permissions.ts'
import type { Ids } from './kernel/ids.ts'
import { type Log, redact } from './kernel/log.ts'
import type { Actor, Handlers, RequestContext } from './request.ts'

/** The handlers of every domain. */
export type AllHandlers = { [D in keyof Contract]: Handlers<Contract[D]> }

/** What a host says of the caller; the member is looked up by the router itself. */
export interface Caller {
  readonly host: 'electron' | 'browser' | 'cli' | 'test'
}

export type AppRouter = Router<Contract, Caller>

export interface RouterParts {
  readonly handlers: AllHandlers
  readonly actor: () => Promise<Actor>
  readonly ids: Ids
  readonly log: Log
}

type AnyHandler = (input: unknown, context: RequestContext) => Promise<unknown>

/**
 * The only way into the application: name -> permission -> zod -> handler -> zod. Failures leave as Failure; what is not
 * an AppError is a bug, logged with the id of the request and shown without its text.
 */
export function createRouter(parts: RouterParts): AppRouter {
  const build = (at: AnyContractRouter, handler: unknown, path: readonly string[]): unknown => {
    if (isContractProcedure(at)) return answer(at, asHandler(handler, path), path, parts)
    const branch: Record<string, unknown> = {}
    for (const [name, next] of Object.entries(at)) branch[name] = build(next, childOf(handler, name), [...path, name])
    return branch
  }
  // The contract's own shape is what is walked, so the result has it; the walk itself cannot be typed.
  return build(contract, parts.handlers, []) as AppRouter
}

function answer(
  procedure: AnyContractProcedure,
  handler: AnyHandler,
  path: readonly string[],
  parts: RouterParts,
): unknown {
  const meta: RequestMeta = procedure['~orpc'].meta
  return implement(procedure)
    .$context<Caller>()
    .handler(async ({ input, signal }: { input: unknown; signal?: AbortSignal | undefined }) => {
      const actor = await parts.actor()
      allow(actor, meta, path)
      return handler(input, { actor, requestId: parts.ids.next(), signal })
    })
}

function allow(actor: Actor, meta: RequestMeta, path: readonly string[]): void {
  if (!meta.needs || actor.can(meta.needs)) return
  const who = rolesWith(meta.needs).map(role => role.replaceAll('_', ' '))
  throw new AppError('forbidden', `${actor.name} may not do this. It needs one of these roles: ${who.join(', ')}.`, {
    request: path.join('.'),
    needs: meta.needs,
  })
}

type Interceptor = (options: { readonly path: readonly string[]; next(): Promise<unknown> }) => Promise<unknown>

/** Goes around every request in every host: turns what is thrown into a Failure and logs bugs. */
export function failuresLeaveAsValues(log: Log): Interceptor {
  return async options => {
    try {
      return await options.next()
    } catch (error) {
      const failure = failureOf(error)
      const request = options.path.join('.')
      if (failure.code === 'internal') {
        const text = error instanceof Error ? `${error.message} ${error.stack ?? ''}` : String(error)
        log.error('request.failed', { request, message: redact(text) })
      } else log.info('request.refused', { request, code: failure.code })
      throw new ORPCError(failure.code, { status: STATUS[failure.code], message: failure.message, data: failure })
    }
  }
}

const STATUS: Readonly<Record<Failure['code'], number>> = {
  invalid_input: 400,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  unavailable: 503,
  internal: 500,
}

function failureOf(error: unknown): Failure {
  if (error instanceof AppError) return { code: error.code, message: error.message, details: { ...error.details } }
  if (error instanceof ORPCError) {
    const cause: unknown = error.cause
    if (cause instanceof ValidationError && error.code === 'BAD_REQUEST') {
      const issues = cause.issues.map(issue => ({
        path: (issue.path ?? []).map(keyOf).join('.'),
        message: issue.message,
      }))
      const named = issues.map(issue => (issue.path ? `${issue.path}: ${issue.message}` : issue.message))
      return {
        code: 'invalid_input',
        message: `The request is not valid. ${named.slice(0, 5).join('; ')}`,
        details: { issues },
      }
    }
    if (error.code === 'NOT_FOUND') return { code: 'not_found', message: 'There is no such request.' }
  }
  return {
    code: 'internal',
    message:
      'Something went wrong inside Tidings. Nothing was changed. Try again; if it stays, the log says more (Help, Logs folder).',
  }
}

function keyOf(segment: PropertyKey | { readonly key: PropertyKey }): string {
  return String(typeof segment === 'object' ? segment.key : segment)
}

function childOf(handler: unknown, name: string): unknown {
  if (typeof handler === 'object' && handler !== null && Object.hasOwn(handler, name)) return Reflect.get(handler, name)
  return undefined
}

function asHandler(handler: unknown, path: readonly string[]): AnyHandler {
  if (typeof handler !== 'function') throw new Error(`no handler for ${path.join('.')}`)
  return (input, context) => handler(input, context)
}
