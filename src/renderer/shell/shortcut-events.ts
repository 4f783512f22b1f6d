const OPEN = 'tidings:shortcuts'

/** Opens the list of keyboard shortcuts from anywhere. */
export function openShortcuts(): void {
  window.dispatchEvent(new Event(OPEN))
}

/** Calls back when somebody wants the list; returns how to stop listening. */
export function onOpenShortcuts(open: () => void): () => void {
  window.addEventListener(OPEN, open)
  return () => window.removeEventListener(OPEN, open)
}
