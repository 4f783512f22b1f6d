import type { TemplateProblem } from '../../../shared/contract/templates.ts'
import { placeAt } from '../render/syntax-tree.ts'
import { attributeOf, type Tag, tagsOf } from './html-tags.ts'

type Found = { readonly severity: TemplateProblem['severity']; readonly offset: number; readonly message: string }

const FORBIDDEN: Readonly<Record<string, string>> = {
  script: 'Scripts never run in e-mail, and make filters refuse it. Remove the script.',
  form: 'Forms do not work in most mail programs, and filters refuse them. Link to a page with the form.',
  iframe: 'Frames are not shown in e-mail. Link to the page instead.',
  object: 'Embedded objects are not shown in e-mail. Use an image with a link.',
  embed: 'Embedded objects are not shown in e-mail. Use an image with a link.',
  base: 'A <base> changes where all links go. Write whole addresses instead.',
}

// Gmail cuts the message off at about 102 KB of HTML (standards.md 1.12).
const CLIPPED_AT = 102 * 1024
const LARGE_FROM = 80 * 1024

/** What is unsafe or doubtful in the HTML of an e-mail (standards.md 1.12). */
export function checkHtml(source: string): readonly TemplateProblem[] {
  const found = [...tagsOf(source).flatMap(checkTag), ...checkSize(source)]
  return found.map(({ severity, offset, message }) => ({ part: 'html', severity, message, ...placeAt(source, offset) }))
}

function checkTag(tag: Tag): readonly Found[] {
  const found: Found[] = []
  const forbidden = FORBIDDEN[tag.name]
  if (forbidden) found.push({ severity: 'error', offset: tag.offset, message: forbidden })
  for (const attribute of tag.attributes) {
    if (/^on[a-z]+$/.test(attribute.name)) {
      const message = `${attribute.name} runs a script, which no mail program allows. Remove it.`
      found.push({ severity: 'error', offset: attribute.offset, message })
    }
  }
  if (tag.name === 'meta' && attributeOf(tag, 'http-equiv')?.value.toLowerCase() === 'refresh') {
    found.push({
      severity: 'error',
      offset: tag.offset,
      message: 'An e-mail must not send its reader elsewhere by itself.',
    })
  }
  if (tag.name === 'a' || tag.name === 'area') found.push(...checkLink(tag))
  if (tag.name === 'img') found.push(...checkImage(tag))
  return found
}

function checkLink(tag: Tag): readonly Found[] {
  const href = attributeOf(tag, 'href')
  if (!href) return []
  const at = { offset: href.offset }
  const target = href.value.trim()
  if (target === '') return [{ ...at, severity: 'error', message: 'This link leads nowhere. Fill in its address.' }]
  if (/^\s*(javascript|data|vbscript):/i.test(target)) {
    return [{ ...at, severity: 'error', message: 'This link runs a script. Use an https address.' }]
  }
  if (/^http:/i.test(target)) {
    return [{ ...at, severity: 'warning', message: 'This link is not encrypted. Use https where the page has it.' }]
  }
  if (!/^([a-z][a-z0-9+.-]*:|#|\{\{)/i.test(target)) {
    return [{ ...at, severity: 'error', message: `"${shortened(target)}" is not a whole address. Begin with https://` }]
  }
  if (hasBareField(target)) {
    const message = 'A field inside a link breaks it when its value has blanks or signs. Write {{url field}}.'
    return [{ ...at, severity: 'warning', message }]
  }
  return []
}

/** Whether a field that is not encoded stands after the first ?, & or = of an address. */
function hasBareField(target: string): boolean {
  const query = target.search(/[?&=]/)
  return query >= 0 && /\{\{(?!\s*(?:url\b|unsubscribe))/.test(target.slice(query))
}

function checkImage(tag: Tag): readonly Found[] {
  const found: Found[] = []
  const source = attributeOf(tag, 'src')
  if (!attributeOf(tag, 'alt')) {
    const message = 'This image has no alt text: readers with images off, or who listen, get nothing. Add alt="…".'
    found.push({ severity: 'warning', offset: tag.offset, message })
  }
  if (!source || source.value.trim() === '') {
    found.push({ severity: 'error', offset: tag.offset, message: 'This image has no address. Fill in src.' })
  } else if (/^http:/i.test(source.value)) {
    const message = 'This image is loaded unencrypted, which many mail programs block. Use https.'
    found.push({ severity: 'error', offset: source.offset, message })
  } else if (!/^(https:|cid:|data:|\{\{)/i.test(source.value)) {
    const message = `"${shortened(source.value)}" is not a whole address. Begin with https://`
    found.push({ severity: 'error', offset: source.offset, message })
  }
  return found
}

function checkSize(source: string): readonly Found[] {
  const bytes = Buffer.byteLength(source)
  const size = `${Math.round(bytes / 1024)} KB`
  if (bytes > CLIPPED_AT) {
    return [
      { severity: 'error', offset: 0, message: `The HTML has ${size}; Gmail cuts it off after 102 KB. Shorten it.` },
    ]
  }
  if (bytes <= LARGE_FROM) return []
  return [{ severity: 'warning', offset: 0, message: `The HTML has ${size}; Gmail cuts it off after 102 KB.` }]
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
