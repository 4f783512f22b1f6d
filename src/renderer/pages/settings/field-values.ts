import { z } from 'zod'

const Headers = z.array(z.object({ name: z.string(), value: z.string() }))
/** Name and value of a header of a request. */
export type HeaderLine = z.infer<typeof Headers>[number]

/** A setting as text; empty when it is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** A setting as a number, or empty as the number fields have it. */
export function numberOf(value: unknown): number | '' {
  return typeof value === 'number' ? value : ''
}

/** A setting as the headers of a request. */
export function headersOf(value: unknown): readonly HeaderLine[] {
  const headers = Headers.safeParse(value)
  return headers.success ? headers.data : []
}
