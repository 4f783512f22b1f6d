import type { WhatsappContent } from '../../../../shared/contract/message-content.ts'
import type { TemplateProblem } from '../../../../shared/contract/templates.ts'
import type { WhatsappTemplateView } from '../../../../shared/contract/whatsapp-templates.ts'

type Template = Extract<WhatsappContent['message'], { kind: 'template' }>

/** What Meta would refuse of a template message, by what it keeps for the business (standards.md 3.2). */
export function templateProblems(
  message: Template,
  catalogue: readonly WhatsappTemplateView[],
): readonly TemplateProblem[] {
  const named = catalogue.filter(one => one.name === message.name)
  if (named.length === 0) {
    return [error('text', `WhatsApp knows no template "${message.name}" for this business. Choose one from the list.`)]
  }
  const known = named.find(one => one.language === message.language)
  if (!known) {
    const languages = named.map(one => one.language).join(', ')
    return [error('text', `"${message.name}" is not there in the language ${message.language}, but in ${languages}.`)]
  }
  if (known.status !== 'APPROVED') {
    const state = known.status.toLowerCase().replaceAll('_', ' ')
    return [error('text', `"${message.name}" is ${state}: WhatsApp sends approved templates only.`)]
  }
  return [...bodyProblems(message, known), ...headerProblems(message, known), ...buttonProblems(message, known)]
}

function bodyProblems(message: Template, known: WhatsappTemplateView): readonly TemplateProblem[] {
  const { body } = message
  if (body.length !== known.places.length) {
    const wanted = `${known.places.length} ${known.places.length === 1 ? 'value' : 'values'}`
    return [error('text', `The approved text has places for ${wanted}, and the message gives ${body.length}.`)]
  }
  if (!known.isNamed) {
    const misnamed = body.find(({ name }) => name !== '' && !known.places.includes(name))
    return misnamed
      ? [error('text', `The places of this template have numbers: there is none called "${misnamed.name}".`)]
      : []
  }
  const missing = known.places.find(place => !body.some(({ name }) => name === place))
  return missing === undefined
    ? []
    : [error('text', `The approved text has a place {{${missing}}}, and the message none.`)]
}

function headerProblems({ header }: Template, known: WhatsappTemplateView): readonly TemplateProblem[] {
  const wanted = known.header
  if (wanted.kind === 'other') return []
  if (wanted.kind === 'none' || (wanted.kind === 'text' && wanted.place === '')) {
    return header.kind === 'none' ? [] : [error('header', 'The approved header has no place for a value: remove it.')]
  }
  if (header.kind === wanted.kind) return []
  return [
    error(
      'header',
      wanted.kind === 'text' ? 'The header needs a value.' : `The header needs a link to its ${wanted.kind}.`,
    ),
  ]
}

function buttonProblems({ buttons }: Template, known: WhatsappTemplateView): readonly TemplateProblem[] {
  const problems: TemplateProblem[] = []
  for (const { index, kind, text, needsValue } of known.buttons) {
    if (needsValue && !buttons.some(button => button.index === index && button.kind === kind)) {
      const what = kind === 'copy_code' ? 'a code' : 'what completes its address'
      problems.push(error('button', `Button ${index + 1} ("${text}") needs ${what}.`))
    }
  }
  for (const { index, kind } of buttons) {
    const own = known.buttons.find(one => one.index === index)
    if (!own || own.kind !== kind) {
      problems.push(error('button', `The approved template has no such button at place ${index + 1}.`))
    }
  }
  return problems
}

function error(part: TemplateProblem['part'], message: string): TemplateProblem {
  return { part, severity: 'error', line: 1, column: 1, message }
}
