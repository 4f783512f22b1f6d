import { describe, expect, test } from 'vitest'
import { checkMessage } from '../../../../src/main/templates/check/check-message.ts'
import { createEngine } from '../../../../src/main/templates/render/engine.ts'
import { startersFor } from '../../../../src/main/templates/starters/starters.ts'
import type { EmailContent, MessageContent } from '../../../../src/shared/contract/message-content.ts'
import { CHANNELS } from '../../../../src/shared/domain/channels.ts'

const engine = createEngine()
const FOOTER = '<a href="{{unsubscribe_url}}">Leave</a> {{postal_address}}'

function findings(
  content: MessageContent,
  custom: readonly string[] = [],
  category: 'marketing' | 'transactional' = 'marketing',
) {
  return checkMessage(engine, content, { customFields: new Set(custom), category })
}
function anEmail(parts: Partial<EmailContent>): EmailContent {
  return { channel: 'email', subject: 'Hello', preheader: 'Hi', html: FOOTER, text: '', ...parts }
}
function htmlProblems(html: string) {
  return findings(anEmail({ html: html + FOOTER })).problems
}

describe('checking a message', () => {
  test('finds nothing in a sound one, and names its fields', () => {
    expect(findings(anEmail({ html: `{{firstName}} {{plan}} ${FOOTER}` }), ['plan'])).toEqual({
      problems: [],
      fields: ['first_name', 'plan', 'unsubscribe_url', 'postal_address'],
    })
  })

  test.each([
    ['<p>\n  {{#if company}}\n</p>', 2, 3, '{{#if}} is never closed'],
    ['{{#if a}}{{/each}}', 1, 10, '{{/each}} stands where {{#if}}'],
    ['x\n{{/if}}', 2, 1, 'never opened'],
    ['x\n  {{formatDate birthday=}}', 2, 25, 'missing before }}'],
    ['{{fist_name}}', 1, 3, 'Did you mean {{first_name}}?'],
    ['a\nb {{upercase city}}', 2, 5, 'Did you mean "uppercase"?'],
    ['{{{company}}}', 1, 1, 'Three braces'],
    ['x<script>1</script>', 1, 2, 'Remove the script'],
    ['<form action="https://x">', 1, 1, 'Forms'],
    ['<iframe src="https://x">', 1, 1, 'Frames'],
    ['<p\n onclick="x()">', 2, 2, 'onclick'],
    ['<a href="javascript:x()">x</a>', 1, 4, 'runs a script'],
    ['<a href="">x</a>', 1, 4, 'leads nowhere'],
    ['<a href="/page">x</a>', 1, 4, 'not a whole address'],
    ['<img src="http://example.com/a.png" alt="">', 1, 6, 'unencrypted'],
    ['<meta http-equiv="refresh" content="0">', 1, 1, 'by itself'],
  ])('%s is an error', (html, line, column, message) => {
    const found = htmlProblems(html).filter(problem => problem.severity === 'error')
    expect(found[0]).toMatchObject({ part: 'html', line, column })
    expect(found[0]?.message).toContain(message)
  })

  test.each([
    ['<a href="http://example.com">x</a>', 'not encrypted'],
    ['<img src="https://example.com/a.png">', 'no alt text'],
    ['<a href="https://example.com/?q={{company}}">x</a>', '{{url field}}'],
  ])('%s is a warning', (html, message) => {
    const found = htmlProblems(html)
    expect(found).toMatchObject([{ severity: 'warning' }])
    expect(found[0]?.message).toContain(message)
  })

  test.each([
    '<a href="{{unsubscribe_url}}">x</a>',
    '<a href="mailto:a@example.com">x</a>',
    '<a href="#top">x</a>',
    '<!-- <script> -->',
    '{{#each tags}}{{this}}{{@index}}{{/each}}',
    '{{#each tags as |tag|}}{{tag}}{{/each}}',
  ])('%s is fine', html => {
    expect(htmlProblems(html)).toEqual([])
  })

  test('asks for a way out of marketing e-mail, and not of transactional', () => {
    const content = anEmail({ html: '<p>Hello</p>' })
    expect(findings(content).problems.map(problem => problem.severity)).toEqual(['error', 'warning'])
    expect(findings(content, [], 'transactional').problems).toEqual([])
  })

  test('finds an empty subject', () => {
    expect(findings(anEmail({ subject: ' ' })).problems).toMatchObject([{ part: 'subject', severity: 'error' }])
  })

  test('measures an SMS with example values and points at what makes it longer', () => {
    const { problems } = findings({ channel: 'sms', text: 'Hi {{first_name}},\ndon’t' })
    expect(problems[0]).toMatchObject({ part: 'text', severity: 'info' })
    expect(problems[0]?.message).toContain('15 of 70 characters, 1 SMS')
    expect(problems[1]).toMatchObject({ severity: 'warning', line: 2, column: 4 })
  })

  test.each(CHANNELS.flatMap(startersFor))('the starter $key has no mistakes', ({ content }) => {
    const bad = findings(content).problems.filter(problem => problem.severity !== 'info')
    expect(bad).toEqual([])
  })
})
