/** The steps of a path: names and positions. */
export type JsonPath = readonly (string | number)[]

const STEP = /\.([A-Za-z_][A-Za-z0-9_-]*)|\[(\d{1,6})\]|\['([^']{1,100})'\]/y

/** Reads a path such as `$.messages[0].id` (a small part of RFC 9535: names and positions). Null when it is none. */
export function readJsonPath(text: string): JsonPath | null {
  const trimmed = text.trim()
  if (!trimmed.startsWith('$')) return null
  const steps: (string | number)[] = []
  STEP.lastIndex = 1
  while (STEP.lastIndex < trimmed.length) {
    const found = STEP.exec(trimmed)
    if (found === null) return null
    steps.push(found[2] === undefined ? (found[1] ?? found[3] ?? '') : Number(found[2]))
  }
  return steps
}

/** What stands at a path, as text; null when nothing does, or what cannot be a text. */
export function textAt(value: unknown, path: JsonPath): string | null {
  let here: unknown = value
  for (const step of path) {
    if (typeof step === 'number') here = Array.isArray(here) ? here[step] : undefined
    else here = isRecord(here) && Object.hasOwn(here, step) ? here[step] : undefined
  }
  return typeof here === 'string' || typeof here === 'number' || typeof here === 'boolean' ? String(here) : null
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
