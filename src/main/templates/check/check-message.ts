import type { MessageContent } from '../../../shared/contract/message-content.ts'
import { partsOf } from '../../../shared/contract/message-parts.ts'
import type { TemplateProblem } from '../../../shared/contract/templates.ts'
import { STANDARD_FIELDS, standardName } from '../../../shared/domain/merge-field.ts'
import { DEEPEST_LOOP } from '../render/compile-message.ts'
import type { Engine } from '../render/engine.ts'
import { HELPER_NAMES } from '../render/helpers.ts'
import type { Names } from '../render/names.ts'
import { checkHtml } from './check-html.ts'
import { checkSms } from './check-sms.ts'
import { checkSocial } from './check-social.ts'
import { checkVoice } from './check-voice.ts'
import { checkWhatsapp } from './check-whatsapp.ts'
import { suggestName } from './suggest.ts'

type Part = TemplateProblem['part']

/** What the checks know besides the content. */
export interface CheckOptions {
  /** Names of the workspace's own fields; undefined leaves unknown names unreported. */
  readonly customFields?: ReadonlySet<string> | undefined
  /** Marketing e-mails need a way out and a postal address; transactional ones do not. */
  readonly category: 'marketing' | 'transactional'
  /** Where a post goes: the kinds of its accounts; undefined while they are not chosen. */
  readonly networks?: readonly string[] | undefined
}

export interface Findings {
  readonly problems: readonly TemplateProblem[]
  readonly fields: readonly string[]
}

/** Finds what is wrong in a message, errors first within a part, each with line and column from 1. */
export function checkMessage(engine: Engine, content: MessageContent, options: CheckOptions): Findings {
  const problems: TemplateProblem[] = []
  const fields = new Set<string>()
  const bodyFields = new Set<string>()
  for (const { part, source } of partsOf(content)) {
    const reading = engine.read(source)
    if (reading.kind === 'broken') {
      problems.push({ part, severity: 'error', ...reading.problem })
      continue
    }
    for (const use of reading.names.fields) {
      fields.add(use.name)
      if (part === 'html') bodyFields.add(use.name)
    }
    problems.push(...checkNames(part, reading.names, options))
  }
  const isBroken = problems.some(problem => problem.severity === 'error')
  if (content.channel === 'email') problems.push(...checkEmail(content, bodyFields, isBroken, options))
  else problems.push(...checkChannel(content, options))
  return { problems, fields: [...fields] }
}

function checkChannel(
  content: Exclude<MessageContent, { channel: 'email' }>,
  options: CheckOptions,
): readonly TemplateProblem[] {
  switch (content.channel) {
    case 'sms':
      return checkSms(content.text)
    case 'whatsapp':
      return checkWhatsapp(content.message)
    case 'voice':
      return checkVoice(content, options)
    case 'social':
      return checkSocial(content, options.networks)
  }
}

function checkNames(part: Part, names: Names, options: CheckOptions): readonly TemplateProblem[] {
  const problems: TemplateProblem[] = []
  const report = (
    severity: TemplateProblem['severity'],
    at: { line: number; column: number },
    message: string,
  ): void => {
    problems.push({ part, severity, line: at.line, column: at.column, message })
  }
  for (const use of names.fields) {
    if (!options.customFields || standardName(use.name) !== null || options.customFields.has(use.name)) continue
    const near = suggestName(use.written, knownNames(options.customFields))
    const hint = near ? `Did you mean {{${near}}}?` : 'See the list of fields.'
    report('error', use, `There is no field "${use.written}". ${hint}`)
  }
  for (const helper of names.unknownHelpers) {
    const near = suggestName(helper.name, HELPER_NAMES)
    const hint = near ? `Did you mean "${near}"?` : 'See the list of helpers.'
    report('error', helper, `There is no helper "${helper.name}". ${hint}`)
  }
  for (const { what, ...at } of names.unsupported) report('error', at, `${what} cannot be used in templates.`)
  if (names.loopDepth > DEEPEST_LOOP) {
    report('error', { line: 1, column: 1 }, `Loops can be nested ${DEEPEST_LOOP} deep, not ${names.loopDepth}.`)
  }
  if (part === 'html') {
    for (const at of names.unescaped) {
      const message = 'Three braces print a value as HTML: what a contact typed could change the message. Use two.'
      report('error', at, message)
    }
  }
  return problems
}

function* knownNames(customFields: ReadonlySet<string>): Generator<string> {
  for (const field of STANDARD_FIELDS) {
    yield field.name
    yield* field.aliases
  }
  yield* customFields
}

function checkEmail(
  content: Extract<MessageContent, { channel: 'email' }>,
  bodyFields: ReadonlySet<string>,
  isBroken: boolean,
  options: CheckOptions,
): readonly TemplateProblem[] {
  const problems: TemplateProblem[] = []
  const add = (part: Part, severity: TemplateProblem['severity'], message: string): void => {
    problems.push({ part, severity, line: 1, column: 1, message })
  }
  if (content.subject.trim() === '') add('subject', 'error', 'The subject is empty.')
  else problems.push(...checkSubject(content.subject))
  if (content.html.trim() === '') add('html', 'error', 'The message is empty.')
  else {
    problems.push(...checkHtml(content.html))
    if (options.category === 'marketing' && !isBroken) {
      if (!bodyFields.has('unsubscribe_url')) {
        add('html', 'error', 'There is no way to unsubscribe. Add <a href="{{unsubscribe_url}}">Unsubscribe</a>.')
      }
      if (!bodyFields.has('postal_address')) {
        add('html', 'warning', 'Your postal address is missing, which the law asks for. Add {{postal_address}}.')
      }
    }
  }
  if (content.preheader.trim() === '') {
    add('preheader', 'info', 'Without a preview text, inboxes show the first words of the message.')
  }
  return problems
}

function checkSubject(subject: string): readonly TemplateProblem[] {
  const problems: TemplateProblem[] = []
  const add = (severity: TemplateProblem['severity'], message: string): void => {
    problems.push({ part: 'subject', severity, line: 1, column: 1, message })
  }
  const letters = subject.replace(/\{\{[^}]*\}\}/g, '')
  if (letters.length > 60) add('warning', 'The subject has more than 60 characters; phones show 30 to 40.')
  const capitals = letters.replace(/[^\p{Lu}]/gu, '').length
  if (letters.length >= 8 && capitals / letters.length > 0.3) add('warning', 'Much of the subject is in capitals.')
  if (/!!|\$\$\$/.test(letters)) add('warning', 'Repeated marks in the subject look like junk mail.')
  if (/^\s*(re|fwd?):/i.test(letters)) add('error', 'Pretending to be an answer (Re:, Fwd:) deceives, and is unlawful.')
  return problems
}
