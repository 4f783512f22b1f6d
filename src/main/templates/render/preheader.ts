// Characters that take room and show nothing, so that mail programs do not fill the preview up with the first lines of the
// body (standards.md 1.12).
const PADDING = '&#847;&zwnj;&nbsp;'.repeat(60)
const BODY = /<body\b(?:"[^"]*"|'[^']*'|[^>"'])*>/i

/** Puts a preheader (template source) into the source of an e-mail as its first, hidden element. */
export function withPreheader(html: string, preheader: string): string {
  if (preheader.trim() === '') return html
  const hidden = `<div class="preheader" style="display:none;max-height:0;overflow:hidden;mso-hide:all">${preheader}${PADDING}</div>`
  const body = BODY.exec(html)
  const at = body ? body.index + body[0].length : 0
  return html.slice(0, at) + hidden + html.slice(at)
}
