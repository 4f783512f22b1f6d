import type { WhatsappContent } from '../../../shared/contract/message-content.ts'
import type { TemplateProblem } from '../../../shared/contract/templates.ts'
import { placeIn, withExamples } from './source-sample.ts'

type Message = WhatsappContent['message']
type Template = Extract<Message, { kind: 'template' }>
type Part = TemplateProblem['part']

// standards.md 3.1 and 3.2.
const MOST = { header: 60, body: 1024, text: 4096, code: 15, address: 2000, addresses: 2, codes: 1 } as const

/** What WhatsApp would not take of a message as it is written; what was approved is compared by the account. */
export function checkWhatsapp(message: Message): readonly TemplateProblem[] {
  if (message.kind === 'template') return checkTemplate(message)
  const window = problem(
    'text',
    'warning',
    'WhatsApp delivers this only to people who wrote to you within the last 24 hours. For all others choose a template.',
  )
  return [...checkFree(message), window]
}

function checkFree(message: Exclude<Message, Template>): readonly TemplateProblem[] {
  switch (message.kind) {
    case 'text':
      return checkLength('text', message.text, MOST.text)
    case 'buttons': {
      const ids = message.buttons.map(button => button.id)
      const titles = message.buttons.map(button => button.title.toLowerCase())
      const isTwice = new Set(ids).size < ids.length || new Set(titles).size < titles.length
      const twice = isTwice
        ? [problem('button', 'error', 'Two buttons have the same title or id. Give each its own.')]
        : []
      return [...checkLength('text', message.text, MOST.body), ...twice]
    }
    case 'link':
      return [...checkLength('text', message.text, MOST.body), ...checkLink('link', message.url)]
    default: {
      const caption = message.caption === '' ? [] : checkLength('text', message.caption, MOST.body)
      return [...checkLink('media', message.link), ...caption]
    }
  }
}

function checkTemplate(message: Template): readonly TemplateProblem[] {
  const problems: TemplateProblem[] = []
  const add = (part: Part, text: string): void => {
    problems.push(problem(part, 'error', text))
  }
  if (message.name === '') add('text', 'Choose an approved template.')
  else if (!/^[a-z0-9_]{1,512}$/.test(message.name)) {
    add('text', 'The name of a template has small letters, digits and underscores only.')
  }
  if (!/^[a-z]{2,3}(_[A-Z]{2})?$/.test(message.language))
    add('text', 'Give the language as it was approved, such as en_US.')
  const { header } = message
  if (header.kind === 'text') problems.push(...checkValue('header', 'the header', header.text, MOST.header))
  else if (header.kind !== 'none') problems.push(...checkLink('media', header.link))
  problems.push(...checkPlaces(message))
  message.body.forEach(({ name, text }, index) => {
    problems.push(...checkValue('text', `{{${name === '' ? index + 1 : name}}}`, text, MOST.body))
  })
  if (filledLength(message) > MOST.body) add('text', 'With example values the text has more than 1,024 characters.')
  return [...problems, ...checkButtons(message)]
}

function checkPlaces({ wording, body }: Template): readonly TemplateProblem[] {
  const named = body.filter(({ name }) => name !== '')
  if (named.length > 0 && named.length < body.length) {
    return [problem('text', 'error', 'Either all places have names, or all have numbers.')]
  }
  if (wording === '') return []
  const places = new Set([...wording.matchAll(/\{\{\s*([a-z0-9_]+)\s*\}\}/g)].map(match => match[1] ?? ''))
  return places.size === body.length
    ? []
    : [
        problem(
          'text',
          'error',
          `The approved text has ${places.size} places, and the message gives ${body.length} values.`,
        ),
      ]
}

/** A value that fills a place: neither empty nor with breaks or rows of blanks, which Meta refuses. */
function checkValue(part: Part, place: string, source: string, most: number): readonly TemplateProblem[] {
  if (source.trim() === '')
    return [problem(part, 'error', `There is nothing for ${place}: WhatsApp refuses empty values.`)]
  const broken = /[\r\n\t]| {5,}/.exec(source)
  if (broken) {
    const message = `The value for ${place} may have no line breaks, no tabs and no more than four blanks in a row.`
    return [{ part, severity: 'error', ...placeIn(source, broken.index), message }]
  }
  const long = checkLength(part, source, most)
  if (long.length > 0) return long
  if (/^\{\{\s*[\w.]+\s*\}\}$/.test(source.trim())) {
    const message = `Whoever has no value for ${place} gets no message. Give it a fallback, such as {{default first_name "there"}}.`
    return [problem(part, 'info', message)]
  }
  return []
}

function checkButtons({ buttons }: Template): readonly TemplateProblem[] {
  const problems: TemplateProblem[] = []
  const add = (text: string): void => {
    problems.push(problem('button', 'error', text))
  }
  const indexes = buttons.map(button => button.index)
  if (new Set(indexes).size < indexes.length) add('Two buttons have the same place.')
  if (buttons.filter(button => button.kind === 'url').length > MOST.addresses) add('A template has at most two links.')
  if (buttons.filter(button => button.kind === 'copy_code').length > MOST.codes) add('A template has at most one code.')
  for (const { kind, index, value } of buttons) {
    const most = kind === 'copy_code' ? MOST.code : MOST.address
    problems.push(...checkValue('button', `button ${index + 1}`, value, most))
  }
  return problems
}

function filledLength({ wording, body }: Template): number {
  const values = new Map(body.map(({ name, text }, n) => [name === '' ? String(n + 1) : name, withExamples(text)]))
  return wording.replace(/\{\{\s*([a-z0-9_]+)\s*\}\}/g, (whole, name: string) => values.get(name) ?? whole).length
}

function checkLength(part: Part, source: string, most: number): readonly TemplateProblem[] {
  if (source.trim() === '') return [problem(part, 'error', 'The message is empty.')]
  const length = withExamples(source).length
  if (length <= most) return []
  const text = `With example values this has ${length} characters; WhatsApp takes ${most.toLocaleString('en')}.`
  return [{ part, severity: 'error', ...placeIn(source, most), message: text }]
}

function checkLink(part: Part, source: string): readonly TemplateProblem[] {
  if (source.trim() === '') return [problem(part, 'error', 'The address is missing.')]
  return /^(https:\/\/|\{\{)/i.test(source.trim())
    ? []
    : [problem(part, 'error', 'WhatsApp fetches from addresses that begin with https:// only.')]
}

function problem(part: Part, severity: TemplateProblem['severity'], message: string): TemplateProblem {
  return { part, severity, line: 1, column: 1, message }
}
