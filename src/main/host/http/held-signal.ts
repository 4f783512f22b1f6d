const held = new WeakMap<AbortSignal, Request>()

/**
 * A request that hears when `signal` aborts, for as long as somebody holds `signal`. Node's own Request follows a signal
 * through weak references: after a garbage collection it hears nothing, and what serves it never learns that the page
 * has gone (nodejs/undici#1926 and after it).
 */
export function requestThatHears(signal: AbortSignal, url: URL | string, options: RequestInit): Request {
  const request = new Request(url, { ...options, signal })
  held.set(signal, request)
  return request
}
