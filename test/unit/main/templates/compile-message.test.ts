import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileMessage } from '../../../../src/main/templates/render/compile-message.ts'
import { createEngine } from '../../../../src/main/templates/render/engine.ts'
import type { MergeValues } from '../../../../src/main/templates/render/rendering.ts'
import type { MessageContent } from '../../../../src/shared/contract/message-content.ts'
import { cpuTime } from '../../../support/cpu-time.ts'

const engine = createEngine()

function anEmail(parts: Partial<Extract<MessageContent, { channel: 'email' }>> = {}): MessageContent {
  return { channel: 'email', subject: 'Hello', preheader: '', html: '<p>Hello</p>', text: '', ...parts }
}

function email(parts: Parameters<typeof anEmail>[0], values: MergeValues, fallbacks: Record<string, string> = {}) {
  const rendering = compileMessage(engine, anEmail(parts), fallbacks).render(values)
  if (rendering.kind === 'failed' || rendering.message.channel !== 'email') throw new Error('not rendered')
  return rendering.message
}

function sms(text: string, values: MergeValues, fallbacks: Record<string, string> = {}): string {
  const rendering = compileMessage(engine, { channel: 'sms', text }, fallbacks).render(values)
  if (rendering.kind === 'failed') throw new Error(rendering.problem)
  return rendering.message.text
}

describe('fields', () => {
  test('are found by their name and by every alias', () => {
    expect(sms('{{first_name}} {{firstName}} {{name}} {{contact.first_name}}', { first_name: 'Ann' })).toBe(
      'Ann Ann Ann Ann',
    )
  })

  test('of the workspace are found by key, also when a helper has the same name', () => {
    expect(sms('{{plan}} {{custom.plan}} {{url}}', { plan: 'Gold', url: 'U' })).toBe('Gold Gold U')
  })

  test('print nothing when they are missing, and the fallback where there is one', () => {
    expect(sms('[{{first_name}}]', {})).toBe('[]')
    expect(sms('[{{first_name}}]', { first_name: ' ' }, { firstName: 'friend' })).toBe('[friend]')
  })

  test('are the contact’s own inside a loop', () => {
    expect(sms('{{#each tags}}{{this}} for {{first_name}} {{/each}}', { tags: ['a', 'b'], first_name: 'Ann' })).toBe(
      'a for Ann b for Ann ',
    )
  })

  test('that are lists are printed with commas', () => {
    const tags = { tags: ['news', 'a & b'] }
    expect(sms('{{tags}}', tags)).toBe('news, a & b')
    expect(email({ html: '<p>{{tags}}</p>' }, tags).html).toBe('<p>news, a &amp; b</p>')
  })

  test('of one message win over those of the contact', () => {
    const compiled = compileMessage(engine, { channel: 'sms', text: '{{campaign_name}}' }, {})
    const rendering = compiled.render({ campaign_name: 'old' }, { campaign_name: 'Spring' })
    expect(rendering).toMatchObject({ message: { text: 'Spring' } })
  })

  test('never reach the prototype of a value', () => {
    expect(
      sms('{{constructor}}{{first_name.constructor.name}}{{__proto__}}{{lookup tags "constructor"}}', {
        first_name: 'A',
        tags: [],
      }),
    ).toBe('')
  })
})

describe('escaping', () => {
  const value = { company: `<b>"Lee" & 'Sons'</b>` }

  test('makes values safe in HTML, and leaves them as they are in subject, text and SMS', () => {
    const message = email({ subject: '{{company}}', html: '<p>{{company}}</p>', text: '{{company}}' }, value)
    expect(message.html).toBe('<p>&lt;b&gt;&quot;Lee&quot; &amp; &#x27;Sons&#x27;&lt;/b&gt;</p>')
    expect(message.subject).toBe(value.company)
    expect(message.text).toBe(value.company)
    expect(sms('{{company}}', value)).toBe(value.company)
  })

  test('keeps line ends and NUL of a value out of the subject', () => {
    const message = email({ subject: 'For {{company}}' }, { company: 'Lee\r\nBcc: x@example.com\0' })
    expect(message.subject).toBe('For Lee Bcc: x@example.com')
  })

  test('no value makes a tag or a header, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.constantFrom('\r\n', '<script>', '"onload="', ''),
        (text, more) => {
          const message = email(
            { subject: '{{company}}', html: '<p title="{{company}}">{{company}}</p>' },
            { company: text + more },
          )
          expect(message.subject).not.toMatch(/[\r\n\0]/)
          expect(message.html.match(/</g)).toHaveLength(2)
          expect(message.html.match(/"/g)).toHaveLength(2)
        },
      ),
    )
  })
})

describe('helpers', () => {
  const values = {
    first_name: 'ann',
    city: 'Rome',
    lead_score: 42,
    tags: ['vip'],
    price: '1234.5',
    birthday: '1988-04-07',
  }

  test.each([
    ['{{uppercase first_name}}', 'ANN'],
    ['{{lowercase city}}', 'rome'],
    ['{{capitalise "maria del mar"}}', 'Maria Del Mar'],
    ['{{default company "there"}}', 'there'],
    ['{{default first_name "there"}}', 'ann'],
    ['{{formatCurrency price "EUR"}}', '€1,234.50'],
    ['{{formatCurrency price "EUR" locale="de"}}', '1.234,50\u00a0€'],
    ['{{formatCurrency city "EUR"}}', 'Rome'],
    ['{{formatDate birthday "D MMMM YYYY"}}', '7 April 1988'],
    ['{{formatDate birthday "DD.MM.YY"}}', '07.04.88'],
    ['{{formatDate birthday "long"}}', 'April 7, 1988'],
    ['{{formatDate city "long"}}', 'Rome'],
    ['{{formatNumber price 0}}', '1,235'],
    ['{{plural 1 "seat" "seats"}} {{plural lead_score "seat" "seats"}}', 'seat seats'],
    ['{{url "a b&c\'d"}}', 'a%20b%26c%27d'],
    ['{{#if_equals city "Rome"}}yes{{else}}no{{/if_equals}}', 'yes'],
    ['{{#if_not_equals city "Rome"}}yes{{else}}no{{/if_not_equals}}', 'no'],
    ['{{#if_greater lead_score 9}}yes{{else}}no{{/if_greater}}', 'yes'],
    ['{{#if_less lead_score 9}}yes{{else}}no{{/if_less}}', 'no'],
    ['{{#if_at_least lead_score 42}}yes{{/if_at_least}}{{#if_at_most lead_score 42}}yes{{/if_at_most}}', 'yesyes'],
    ['{{#if (eq city "Rome")}}yes{{/if}}', 'yes'],
    ['{{#if (and (gt lead_score 9) (contains tags "vip"))}}yes{{/if}}', 'yes'],
    ['{{#if (or company (not city))}}yes{{else}}no{{/if}}', 'no'],
    ['{{#if (ne city "Rome")}}a{{else if (lte lead_score 42)}}b{{/if}}', 'b'],
    ['{{#unless company}}none{{/unless}}', 'none'],
  ])('%s gives %s', (source, expected) => {
    expect(sms(source, values)).toBe(expected)
  })
})

describe('the text part', () => {
  test('is made from the HTML when there is none', () => {
    const html =
      '<html><head><title>T</title></head><body><h1>News</h1><p>Dear {{first_name}},<br>see <a href="https://example.com/a?b=1&amp;c=2">it</a></p><hr><ul><li>one</li><li>two</li></ul><img src="https://example.com/x.png" alt="A cat"></body></html>'
    expect(email({ html, preheader: 'Hidden {{first_name}}' }, { first_name: 'Ann' }).text).toBe(
      'News\n\nDear Ann,\nsee it (https://example.com/a?b=1&c=2)\n\n---\n\n- one\n- two\n\nA cat',
    )
  })

  test('keeps the way out', () => {
    const html = '<p><a href="{{unsubscribe_url}}">Unsubscribe</a></p>'
    expect(email({ html }, { unsubscribe_url: 'mailto:a@example.com?subject=unsubscribe%20m1' }).text).toBe(
      'Unsubscribe (mailto:a@example.com?subject=unsubscribe%20m1)',
    )
  })

  test('has lines of 76 characters at most, but for words that are longer', () => {
    const long = `https://example.com/${'x'.repeat(100)}`
    const { text } = email({ html: `<p>${'word '.repeat(60)}${long}</p>` }, {})
    for (const line of text.split('\n')) if (line !== long) expect(line.length).toBeLessThanOrEqual(76)
    expect(text).toContain(long)
  })
})

describe('the preheader', () => {
  test('is the first element of the body, hidden and padded', () => {
    const { html } = email(
      { html: '<html><body class="x"><p>Hi</p></body></html>', preheader: 'For {{company}}' },
      { company: 'Lee & Co' },
    )
    expect(html).toMatch(
      /<body class="x"><div class="preheader" style="display:none;[^"]*">For Lee &amp; Co(&#847;&zwnj;&nbsp;)+<\/div><p>Hi/,
    )
  })
})

describe('a source that is broken', () => {
  test.each([
    [{ subject: '{{#if a}}' }, 'subject', 1, 1],
    [{ html: '<p>\n  {{first_name</p>' }, 'html', 2, 5],
    [{ html: 'a\n{{shout name}}' }, 'html', 2, 3],
    [{ html: '{{> header}}' }, 'html', 1, 1],
    [{ html: '{{#each tags}}{{#each ../tags}}{{#each ../../tags}}{{/each}}{{/each}}{{/each}}' }, 'html', 1, 1],
  ] as const)('%o is refused with its place', (parts, part, line, column) => {
    expect(() => compileMessage(engine, anEmail(parts), {})).toThrow(
      expect.objectContaining({ code: 'invalid_input', details: { part, line, column } }),
    )
  })
})

describe('a message that grows too large', () => {
  test('fails for its recipient and says so', () => {
    const compiled = compileMessage(engine, { channel: 'sms', text: '{{company}}' }, {})
    expect(compiled.render({ company: 'x'.repeat(2_000_001) })).toMatchObject({ kind: 'failed' })
  })
})

describe('a source that is meant to be slow', () => {
  test.each([
    ['open braces', '{{a '.repeat(20_000)],
    ['blocks in blocks', `${'{{#if a}}'.repeat(3000)}x${'{{/if}}'.repeat(3000)}`],
    ['elements in elements', '<div>'.repeat(20_000)],
    ['an unfinished body', `<body class="x ${'{{a}}'.repeat(2000)}`],
  ])('%s do not hold up the rest', (_name, html) => {
    const begun = cpuTime()
    try {
      compileMessage(engine, anEmail({ html, preheader: 'x' }), {}).render({})
    } catch (error) {
      expect(error).toMatchObject({ code: 'invalid_input' })
    }
    expect(cpuTime() - begun).toBeLessThan(5000)
  })
})
