/** Writes an answer for the caller, a line on stdout. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Writes what a person should know, a line on stderr. */
export function fail(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Ends quietly when the reader of our output is gone, as `tidings contract | head` makes it. */
export function endWithReader(): void {
  process.stdout.on('error', error => {
    if ('code' in error && error.code === 'EPIPE') process.exit(0)
    throw error
  })
}
