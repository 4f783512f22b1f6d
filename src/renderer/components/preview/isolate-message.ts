import DOMPurify from 'dompurify'

/** A message made harmless, as a whole document for a sandboxed frame. */
export interface IsolatedMessage {
  readonly document: string
  /** Pictures on the internet that are not fetched: fetching one would tell its server that the message was opened. */
  readonly blockedImages: number
  /** The message has styles of its own for a dark inbox. */
  readonly knowsDark: boolean
}

/** Whether the recipient reads in a light or a dark inbox; the colours of this window do not matter to her. */
export type Inbox = 'light' | 'dark'

// No script, no connection, no form, no plug-in; pictures only from within the message (security.md Z7).
const POLICY = "default-src 'none'; img-src data: cid:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
const FORBIDDEN = [
  'script',
  'form',
  'input',
  'button',
  'select',
  'textarea',
  'iframe',
  'object',
  'embed',
  'link',
  'meta',
  'base',
  'svg',
  'math',
]

/** Sanitises rendered HTML: nothing in it runs, navigates or asks the network. Links keep their text and show their target as a title. */
export function isolateMessage(html: string, inbox: Inbox): IsolatedMessage {
  const clean = DOMPurify.sanitize(html, {
    WHOLE_DOCUMENT: true,
    FORBID_TAGS: FORBIDDEN,
    FORBID_ATTR: ['srcset', 'ping', 'background', 'poster', 'formaction'],
    ADD_TAGS: ['style'],
  })
  const page = new DOMParser().parseFromString(clean, 'text/html')
  const blockedImages = blockRemoteImages(page)
  blockRemoteStyles(page)
  const knowsDark = readAs(page, inbox)
  // A sandboxed frame may still navigate itself, and a click on a link would do that.
  for (const link of page.querySelectorAll('a[href], area[href]')) {
    link.setAttribute('title', link.getAttribute('href') ?? '')
    link.removeAttribute('href')
    link.setAttribute('style', `${link.getAttribute('style') ?? ''};cursor:pointer`)
    if (!/color\s*:/.test(link.getAttribute('style') ?? '')) link.classList.add('tidings-link')
  }
  page.head.prepend(metaPolicy(page), baseStyle(page))
  return { document: `<!doctype html>${page.documentElement.outerHTML}`, blockedImages, knowsDark }
}

function blockRemoteImages(page: Document): number {
  let blocked = 0
  for (const image of page.querySelectorAll('img')) {
    const source = image.getAttribute('src') ?? ''
    if (/^(data:image\/|cid:)/i.test(source)) continue
    blocked += 1
    image.removeAttribute('src')
    const width = Number(image.getAttribute('width') ?? '0')
    const height = Number(image.getAttribute('height') ?? '0')
    // One-pixel pictures are tracking pixels: showing a box for them would be a lie about the layout.
    if ((width > 0 && width <= 2) || (height > 0 && height <= 2)) image.remove()
    else image.classList.add('tidings-blocked')
  }
  return blocked
}

// The policy stops these too; without them the frame does not even try.
const REMOTE_IN_STYLE = /@import[^;]*;?|url\(\s*['"]?\s*(?!data:)[^)]*\)/gi

function blockRemoteStyles(page: Document): void {
  for (const style of page.querySelectorAll('style')) {
    style.textContent = (style.textContent ?? '').replace(REMOTE_IN_STYLE, 'none')
  }
  for (const styled of page.querySelectorAll('[style]')) {
    styled.setAttribute('style', (styled.getAttribute('style') ?? '').replace(REMOTE_IN_STYLE, 'none'))
  }
}

const SCHEME = /\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/gi

// A frame takes the scheme of the system, whatever inbox is asked for, so the question is answered in the style sheet.
function readAs(page: Document, inbox: Inbox): boolean {
  let knowsDark = false
  for (const style of page.querySelectorAll('style')) {
    style.textContent = (style.textContent ?? '').replace(SCHEME, (_all, scheme: string) => {
      knowsDark ||= scheme.toLowerCase() === 'dark'
      return scheme.toLowerCase() === inbox ? '(min-width: 0)' : '(max-width: 0)'
    })
  }
  return knowsDark
}

function metaPolicy(page: Document): HTMLElement {
  const meta = page.createElement('meta')
  meta.setAttribute('http-equiv', 'Content-Security-Policy')
  meta.setAttribute('content', POLICY)
  return meta
}

function baseStyle(page: Document): HTMLElement {
  const style = page.createElement('style')
  style.textContent =
    'html{background:#fff;color:#111}body{margin:0;overflow-wrap:anywhere}.tidings-link{color:#0b57d0;text-decoration:underline}' +
    '.tidings-blocked{display:inline-block;min-width:48px;min-height:32px;background:#f0f0ee;outline:1px dashed #b9b9b4;outline-offset:-1px;color:#666;font:12px sans-serif}'
  return style
}
