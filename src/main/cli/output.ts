/** Writes an answer for the caller, a line on stdout. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Writes what a person should know, a line on stderr. */
export function fail(text: string): void {
  process.stderr.write(`${text}\n`)
}
