import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { Contract } from '../../shared/contract/index.ts'
import { useReport } from './report.ts'

type NamesOf<D extends keyof Contract> = `${D}.${keyof Contract[D] & string}`
/** The name of a request as the contract spells it, such as `contacts.page`. */
export type RequestName = { [D in keyof Contract]: NamesOf<D> }[keyof Contract]

type Ask<I, O> = (input: I, options?: { signal?: AbortSignal }) => PromiseLike<O>

/** How a question is asked. */
export interface AskOptions {
  /** False waits: nothing is asked yet. */
  readonly enabled?: boolean
  /** Asks again after this many milliseconds, for figures that move without an event. */
  readonly everyMs?: number
  /** Keeps showing the last answer while a changed question is on its way. */
  readonly keepLast?: boolean
  /** The answer is about something that nothing in the application changes, such as a file that was handed over. */
  readonly isFixed?: boolean
}

/** The key an answer is kept under: the request's domain, its name, and what was asked. */
export function requestKey(name: RequestName, input: unknown): readonly unknown[] {
  return [name.slice(0, name.indexOf('.')), name, input]
}

/** Asks the application and keeps the answer until something it shows has changed: `useAsk('lists.all', api.lists.all, {})`. */
export function useAsk<I, O>(
  name: RequestName,
  ask: Ask<I, O>,
  input: NoInfer<I>,
  options: AskOptions = {},
): UseQueryResult<O, Error> {
  return useQuery<O, Error>({
    queryKey: options.isFixed ? ['fixed', name, input] : requestKey(name, input),
    queryFn: async ({ signal }) => ask(input, { signal }),
    enabled: options.enabled ?? true,
    refetchInterval: options.everyMs ?? false,
    ...(options.keepLast ? { placeholderData: keepPreviousData } : {}),
  })
}

/** What happens around a command. */
export interface ActOptions<I, O> {
  readonly onDone?: (output: O, input: I) => void
  /** The page shows `error` itself; otherwise a toast says what went wrong. */
  readonly showsError?: boolean
}

/** Tells the application to do something. Answers of the same domain are asked again when it is done. */
export function useAct<I, O>(
  name: RequestName,
  act: Ask<I, O>,
  options: ActOptions<I, O> = {},
): UseMutationResult<O, Error, I> {
  const client = useQueryClient()
  const report = useReport()
  return useMutation<O, Error, I>({
    mutationKey: [name],
    mutationFn: async input => act(input),
    onSuccess: (output, input) => {
      void client.invalidateQueries({ queryKey: [name.slice(0, name.indexOf('.'))] })
      options.onDone?.(output, input)
    },
    onError: error => {
      if (!options.showsError) report.failed(error)
    },
  })
}
