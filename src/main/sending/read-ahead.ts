/**
 * A reader that begins with the next page as soon as one is there, so that it is read while somebody works on the first.
 * `after` says what the next one is asked for by; null for the last, or where what is done with a page matters to the next.
 */
export function readAhead<K, P>(
  read: (key: K) => Promise<P>,
  after: (page: P, key: K) => K | null,
  isSame: (a: K, b: K) => boolean,
): (key: K) => Promise<P> {
  let ahead: { readonly key: K; readonly page: Promise<P> } | null = null
  return async key => {
    const page = await (ahead !== null && isSame(ahead.key, key) ? ahead.page : read(key))
    ahead = null
    const next = after(page, key)
    if (next === null) return page
    const reading = read(next)
    // It fails for whoever asks for it; when nobody does, nobody misses it.
    reading.catch(() => undefined)
    ahead = { key: next, page: reading }
    return page
  }
}
