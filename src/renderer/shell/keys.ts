/** How Mod and a key are written on this computer: `⌘K` or `Ctrl K`. */
export function modKey(key: string): string {
  return isApple() ? `⌘${key}` : `Ctrl ${key}`
}

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent)
}
