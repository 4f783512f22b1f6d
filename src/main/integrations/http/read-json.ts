import type { z } from 'zod'
import type { HttpAnswer } from './http-outcome.ts'

/** The body of an answer in the shape that is expected; null when it is anything else, cut off included. */
export function readJson<T>(answer: HttpAnswer, shape: z.ZodType<T>): T | null {
  if (!answer.isComplete) return null
  const parsed = shape.safeParse(parsedOrNull(answer.body))
  return parsed.success ? parsed.data : null
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
