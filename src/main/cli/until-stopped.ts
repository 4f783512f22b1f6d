/** What resolves, and the signal that fires, when the process is asked to stop: Ctrl-C, SIGTERM, or a closed terminal. */
export function untilStopped(): { readonly promise: Promise<void>; readonly signal: AbortSignal } {
  const stop = new AbortController()
  const promise = new Promise<void>(resolve => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(name, () => {
        stop.abort()
        resolve()
      })
    }
  })
  return { promise, signal: stop.signal }
}
