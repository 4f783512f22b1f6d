import { type AnyContractRouter, isContractProcedure } from '@orpc/contract'
import { eventStream } from '../../../src/main/event-stream.ts'
import { createEventBus } from '../../../src/main/kernel/event-bus.ts'
import type { Log } from '../../../src/main/kernel/log.ts'
import type { RequestContext } from '../../../src/main/request.ts'
import { type AppRouter, createRouter } from '../../../src/main/router.ts'
import type { AppEvent } from '../../../src/shared/contract/events.ts'
import { AppError } from '../../../src/shared/contract/failure.ts'
import { contract } from '../../../src/shared/contract/index.ts'
import type { Permission } from '../../../src/shared/domain/permissions.ts'

/** The real router over the real contract, with handlers that answer in the ways that a transport has to carry. */
export interface AnsweringRouter {
  readonly router: AppRouter
  publish(event: AppEvent): void
  /** How many event streams are open. */
  readonly listeners: () => number
  /** Requests whose handler saw that the caller stopped waiting. */
  readonly aborted: () => number
}

type Answers = Readonly<Record<string, (input: unknown, context: RequestContext) => Promise<unknown>>>

/** Makes one. Requests without a special answer give back an empty object. */
export function answeringRouter(
  log: Log,
  options: { can: (permission: Permission) => boolean } = { can: () => true },
): AnsweringRouter {
  const events = createEventBus<AppEvent>(error => {
    throw error
  })
  let listeners = 0
  let aborted = 0
  const answers: Answers = {
    'workspace.settings': () =>
      Promise.reject(new AppError('conflict', 'The settings were changed by somebody else.', { by: 'Olga' })),
    'workspace.home': () => Promise.reject(new Error('a bug that names olga@example.com')),
    // More than the contract says: what is not in the output must not leave.
    'workspace.verifyLedger': async () => ({ ok: true, checks: [], password: 'hidden' }),
    'team.list': async () => ({ members: 'not a list' }),
    'imports.get': (_input, { signal }) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          aborted += 1
          reject(new AppError('conflict', 'stopped'))
        })
      }),
    'events.stream': async (_input, { signal }) =>
      eventStream(
        {
          publish: events.publish,
          subscribe(run) {
            listeners += 1
            const stop = events.subscribe(run)
            return () => {
              listeners -= 1
              stop()
            }
          },
        },
        signal,
      ),
  }
  const router = createRouter({
    // The tree is walked by the router itself; its type cannot be built by walking.
    handlers: handlersFor(contract, answers, []) as Parameters<typeof createRouter>[0]['handlers'],
    actor: async () => ({ id: 'member', name: 'Olga', role: 'owner', can: options.can }),
    ids: { next: () => 'request' },
    log,
  })
  return { router, publish: events.publish, listeners: () => listeners, aborted: () => aborted }
}

function handlersFor(at: AnyContractRouter, answers: Answers, path: readonly string[]): unknown {
  if (isContractProcedure(at)) return answers[path.join('.')] ?? (async () => ({}))
  return Object.fromEntries(
    Object.entries(at).map(([name, next]) => [name, handlersFor(next, answers, [...path, name])]),
  )
}
