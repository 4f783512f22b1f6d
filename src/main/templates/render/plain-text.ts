import { compile, type FormatCallback } from 'html-to-text'

/** Makes the plain-text part of an e-mail from its HTML (standards.md 1.1). */
export type ToPlainText = (html: string) => string

const anchor: FormatCallback = (element, walk, builder, options) => {
  walk(element.children, builder)
  const href: unknown = element.attribs?.href
  if (typeof href !== 'string' || href === '' || href.startsWith('#')) return
  builder.addInline(` (${href})`, { noWordTransform: true })
  void options
}

const image: FormatCallback = (element, _walk, builder) => {
  const alt: unknown = element.attribs?.alt
  if (typeof alt === 'string' && alt !== '') builder.addInline(alt)
}

const rule: FormatCallback = (_element, _walk, builder) => {
  builder.openBlock({ leadingLineBreaks: 2 })
  builder.addInline('---')
  builder.closeBlock({ trailingLineBreaks: 2 })
}

/** A converter that can be used for any number of messages. Lines are not wrapped: see wrapLines. */
export function createToPlainText(): ToPlainText {
  const heading = { uppercase: false, leadingLineBreaks: 2, trailingLineBreaks: 2 }
  return compile({
    wordwrap: false,
    // The converter calls itself for each level: what is nested deeper than any mail is left out, not a stack that overflows.
    limits: { maxDepth: 250, ellipsis: '' },
    formatters: { ourAnchor: anchor, ourImage: image, ourRule: rule },
    selectors: [
      { selector: 'a', format: 'ourAnchor' },
      { selector: 'img', format: 'ourImage' },
      { selector: 'hr', format: 'ourRule' },
      { selector: 'h1', options: heading },
      { selector: 'h2', options: heading },
      { selector: 'h3', options: heading },
      { selector: 'h4', options: heading },
      { selector: 'h5', options: heading },
      { selector: 'h6', options: heading },
      { selector: 'ul', options: { itemPrefix: '- ', leadingLineBreaks: 2, trailingLineBreaks: 2 } },
      { selector: 'p', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
      // Cells of a layout table stand one below the other; a blank line between every two of them would be too much.
      { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      { selector: 'td', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      { selector: 'th', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      { selector: 'head', format: 'skip' },
      { selector: 'title', format: 'skip' },
      { selector: 'style', format: 'skip' },
      { selector: 'script', format: 'skip' },
      { selector: 'div.preheader', format: 'skip' },
      { selector: '[hidden]', format: 'skip' },
    ],
  })
}

const WIDTH = 76

/** Breaks lines longer than 76 characters at blanks; a word, such as an address of the web, is never broken. */
export function wrapLines(text: string): string {
  let isLong = false
  let start = 0
  for (let end = text.indexOf('\n'); ; end = text.indexOf('\n', start)) {
    const stop = end < 0 ? text.length : end
    if (stop - start > WIDTH) isLong = true
    if (end < 0 || isLong) break
    start = end + 1
  }
  return isLong ? text.split('\n').map(wrapLine).join('\n') : text
}

function wrapLine(line: string): string {
  if (line.length <= WIDTH) return line
  const lines: string[] = []
  let current = ''
  for (const word of line.split(' ')) {
    if (current === '') current = word
    else if (current.length + 1 + word.length <= WIDTH) current += ` ${word}`
    else {
      lines.push(current)
      current = word
    }
  }
  lines.push(current)
  return lines.join('\n')
}
