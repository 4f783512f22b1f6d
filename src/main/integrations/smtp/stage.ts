import type { Answer } from './line.ts'

/** How far a conversation with a server has come. */
export type Stage =
  | 'resolve'
  | 'connect'
  | 'tls'
  | 'greeting'
  | 'hello'
  | 'login'
  | 'sender'
  | 'recipient'
  | 'data'
  /** The final dot was sent, or may have been. */
  | 'end'

/** What went wrong, and where: the server said no, or there was no answer. */
export type Failure =
  | {
      readonly kind: 'refused'
      readonly stage: Stage
      readonly code: number
      readonly enhanced: string
      readonly text: string
    }
  /** `cause` is a system code such as ECONNREFUSED or one of ours: timeout, closed, garbled, aborted, insecure … */
  | { readonly kind: 'lost'; readonly stage: Stage; readonly cause: string; readonly text: string }
  /** We did not even try, because the server could not take it: no SMTPUTF8, no login method. */
  | { readonly kind: 'unsupported'; readonly stage: Stage; readonly code: string; readonly text: string }

/** What an answer means that is not of the expected kind; the first digit decides (RFC 5321 section 4.2.1). Null when it is. */
export function failureOf(stage: Stage, answer: Answer, expected: number): Failure | null {
  if (answer.kind === 'lost') return { kind: 'lost', stage, cause: answer.cause, text: answer.text }
  if (Math.floor(answer.code / 100) === Math.floor(expected / 100)) return null
  return { kind: 'refused', stage, code: answer.code, enhanced: answer.enhanced, text: answer.text }
}

/** Something that the server cannot do. */
export function unsupported(stage: Stage, code: string, text: string): Failure {
  return { kind: 'unsupported', stage, code, text }
}
