import type { z } from 'zod'

/** Reads a kept cursor; null for the first time, and when another version wrote it: then all of the last days is asked for again. */
export function readCursor<T>(text: string, shape: z.ZodType<T>): T | null {
  if (text === '') return null
  try {
    const parsed = shape.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
