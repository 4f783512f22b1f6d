/** How a run of a job ended. */
export type JobResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly at: number; readonly reason: string }
  /** It will not succeed by itself: shown to a person. */
  | { readonly kind: 'dead'; readonly reason: string }

/** Work to be done in the background. */
export interface NewJob {
  readonly kind: string
  /** With the kind, unique among the jobs that are not over. */
  readonly subject: string
  readonly payload: unknown
  readonly dueAt: number
}
