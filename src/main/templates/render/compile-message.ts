import { AppError } from '../../../shared/contract/failure.ts'
import type { EmailContent, MessageContent, RenderedMessage } from '../../../shared/contract/message-content.ts'
import { partsOf, whatsappWords, withTexts } from '../../../shared/contract/message-parts.ts'
import type { TemplateProblem } from '../../../shared/contract/templates.ts'
import { isMissing, mergeFieldName } from '../../../shared/domain/merge-field.ts'
import { smsLength } from '../../../shared/domain/sms-length.ts'
import { speechSeconds } from '../../../shared/domain/speech-time.ts'
import type { Engine, Filler, Parsed } from './engine.ts'
import { createFastText, markValues } from './fast-text.ts'
import { asText } from './helpers.ts'
import { createToPlainText, wrapLines } from './plain-text.ts'
import { withPreheader } from './preheader.ts'
import type { CompiledMessage, MergeValues, Rendering } from './rendering.ts'

type Fallbacks = Readonly<Record<string, string>>
type Part = TemplateProblem['part']

/** Loops inside loops inside loops could take minutes (security.md Z15). */
export const DEEPEST_LOOP = 2
// Gmail clips at 102 KB; what is this large is a mistake, and 50 connections would hold it 50 times.
const MOST_CHARACTERS = 2_000_000

/** Compiles a message. Throws AppError('invalid_input') with part, line and column of the first problem when the source is broken. */
export function compileMessage(engine: Engine, content: MessageContent, fallbacks: Fallbacks): CompiledMessage {
  return content.channel === 'email' ? emailOf(engine, content, fallbacks) : textsOf(engine, content, fallbacks)
}

function emailOf(engine: Engine, content: EmailContent, fallbacks: Fallbacks): CompiledMessage {
  const subject = sound(engine, 'subject', content.subject)
  const preheader = sound(engine, 'preheader', content.preheader)
  // Each part is read by itself first: a block that begins in one and ends in the other must not pass.
  sound(engine, 'html', content.html)
  const html = sound(engine, 'html', withPreheader(content.html, content.preheader))
  const ownText = content.text.trim() === '' ? null : sound(engine, 'text', content.text)
  const fields = fieldsOf([subject, preheader, html, ...(ownText ? [ownText] : [])])
  const valuesOf = picker(fields, fallbacks)

  const fillSubject = engine.compile(subject.program, 'none')
  const fillPreheader = engine.compile(preheader.program, 'none')
  const fillText = ownText ? engine.compile(ownText.program, 'none') : null
  const htmlAndText = ownText ? null : createFastText(createToPlainText())
  if (htmlAndText) markValues(html.program)
  const fillHtml = engine.compile(html.program, 'html')

  return {
    fields,
    render: guarded((given, perMessage) => {
      const values = valuesOf(given, perMessage)
      const filled = fillHtml(values)
      const made = htmlAndText?.(filled) ?? { html: filled, text: fillText?.(values) ?? '' }
      return {
        kind: 'rendered',
        message: {
          channel: 'email',
          subject: oneLine(fillSubject(values)),
          preheader: oneLine(fillPreheader(values)),
          html: made.html,
          text: wrapLines(withoutNul(made.text)),
          htmlBytes: Buffer.byteLength(made.html),
        },
      }
    }),
  }
}

/** Every channel but e-mail: its texts are filled in as they are, without escaping. */
function textsOf(
  engine: Engine,
  content: Exclude<MessageContent, EmailContent>,
  fallbacks: Fallbacks,
): CompiledMessage {
  const parsed = partsOf(content).map(({ part, source }) => ({ source, parsed: sound(engine, part, source) }))
  const fillers = new Map(
    parsed.map(({ source, parsed: { program } }): [string, Filler] => [source, engine.compile(program, 'none')]),
  )
  const fields = fieldsOf(parsed.map(one => one.parsed))
  const valuesOf = picker(fields, fallbacks)
  return {
    fields,
    render: guarded((given, perMessage) => {
      const values = valuesOf(given, perMessage)
      const filled = withTexts(content, source => withoutNul(fillers.get(source)?.(values) ?? ''))
      return { kind: 'rendered', message: renderedOf(filled) }
    }),
  }
}

function renderedOf(filled: MessageContent): RenderedMessage {
  switch (filled.channel) {
    case 'sms':
      return { channel: 'sms', text: filled.text, measure: measureOf(filled.text) }
    case 'voice': {
      const { script, voice, language } = filled
      return { channel: 'voice', text: script, voice, language, seconds: speechSeconds(script) }
    }
    case 'whatsapp':
      return { channel: 'whatsapp', text: whatsappWords(filled.message), message: filled.message }
    case 'social':
      return filled
    case 'email':
      return { ...filled, htmlBytes: Buffer.byteLength(filled.html) }
  }
}

function measureOf(text: string): {
  alphabet: 'gsm7' | 'ucs2'
  units: number
  segments: number
  culprits: string[]
} {
  const { culprits, ...length } = smsLength(text)
  return { ...length, culprits: [...culprits] }
}

/** Reads a part, or throws what is wrong with it. */
function sound(engine: Engine, part: Part, source: string): Parsed {
  const reading = engine.read(source)
  if (reading.kind === 'broken') throw broken(part, reading.problem)
  const { names } = reading
  const helper = names.unknownHelpers[0]
  if (helper) throw broken(part, { ...helper, message: `There is no helper "${helper.name}".` })
  const unsupported = names.unsupported[0]
  if (unsupported) throw broken(part, { ...unsupported, message: `${unsupported.what} cannot be used in templates.` })
  if (names.loopDepth > DEEPEST_LOOP)
    throw broken(part, { line: 1, column: 1, message: 'Loops are nested too deeply.' })
  return reading
}

function broken(
  part: Part,
  at: { readonly line: number; readonly column: number; readonly message: string },
): AppError {
  const { line, column, message } = at
  return new AppError('invalid_input', `The ${part} has a mistake in line ${line}, column ${column}: ${message}`, {
    part,
    line,
    column,
  })
}

/** The fields that some parts use; helpers for money ask for the currency. */
function fieldsOf(parts: readonly Parsed[]): readonly string[] {
  return [...new Set(['currency', ...parts.flatMap(part => part.names.fields.map(field => field.name))])]
}

/** Takes the fields that a message uses out of the values at hand, with fallbacks for what is missing. */
function picker(
  names: readonly string[],
  fallbacks: Fallbacks,
): (given: MergeValues, perMessage: MergeValues) => MergeValues {
  const standIn = new Map(Object.entries(fallbacks).map(([name, value]) => [mergeFieldName(name), value]))
  return (given, perMessage) => {
    const picked: Record<string, unknown> = {}
    for (const name of names) {
      const from = Object.hasOwn(perMessage, name) ? perMessage : given
      // What a value merely inherits, such as `constructor`, is none of a contact's.
      const value = Object.hasOwn(from, name) ? from[name] : undefined
      picked[name] = isMissing(value) ? (standIn.get(name) ?? value ?? '') : printable(value)
    }
    return picked
  }
}

/** Lists are printed with a comma and a blank; Handlebars alone would leave out the blank. */
function printable(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  const list: readonly unknown[] = value
  return Object.defineProperty([...list], 'toString', { value: () => asText(list) })
}

type Render = (given: MergeValues, perMessage: MergeValues) => Rendering

function guarded(render: Render): (given: MergeValues, perMessage?: MergeValues) => Rendering {
  return (given, perMessage = {}) => {
    try {
      const rendering = render(given, perMessage)
      if (rendering.kind === 'failed') return rendering
      const { message } = rendering
      const size = message.text.length + (message.channel === 'email' ? message.html.length : 0)
      return size > MOST_CHARACTERS
        ? { kind: 'failed', problem: 'The message became larger than 2 million characters.' }
        : rendering
    } catch (error) {
      // A value of an unforeseen shape must cost one recipient her message, not the campaign its run.
      const name = error instanceof Error ? error.name : 'error'
      return { kind: 'failed', problem: `The message could not be filled in for this recipient (${name}).` }
    }
  }
}

// Header fields are one line: whatever a contact's data brings, it adds no header (standards.md 1.1).
const LINE_BREAKS = /[\r\n\0\u0085\u2028\u2029]+/g

function oneLine(text: string): string {
  return text.replace(LINE_BREAKS, ' ').trim()
}

function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text
}
