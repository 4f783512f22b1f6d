import { readFile, realpath } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.txt': 'text/plain; charset=utf-8',
}

/**
 * Serves the built renderer: only files inside `folder`, only kinds that a page needs, never a source map. A path without
 * an extension is a place in the application and gets index.html.
 */
export function staticFiles(folder: string): (pathname: string) => Promise<Response> {
  const root = resolve(folder)
  return async pathname => {
    const wanted = relativePath(pathname)
    if (wanted === null) return notFound()
    const type = CONTENT_TYPES[extname(wanted).toLowerCase()]
    if (type === undefined) return notFound()
    const file = await inside(root, wanted)
    if (file === null) return notFound()
    const bytes = await readFile(file)
    // Built files carry a hash in their name; the page itself must be asked for every time.
    const cache = wanted.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
    return new Response(new Uint8Array(bytes), { headers: { 'content-type': type, 'cache-control': cache } })
  }
}

function relativePath(pathname: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return null
  }
  const parts = decoded.split('/').filter(part => part !== '')
  // A name with a colon, a backslash or a NUL is no file of ours; `..` never is.
  if (parts.some(part => part.startsWith('.') || /[\\:\0%]/.test(part))) return null
  const last = parts.at(-1)
  if (last === undefined || extname(last) === '') return 'index.html'
  return parts.join('/')
}

async function inside(root: string, relative: string): Promise<string | null> {
  try {
    const file = await realpath(join(root, relative))
    return file.startsWith((await realpath(root)) + sep) ? file : null
  } catch {
    return null
  }
}

function notFound(): Response {
  return new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
