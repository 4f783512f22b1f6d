import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileMessage } from '../../../../src/main/templates/render/compile-message.ts'
import { createEngine } from '../../../../src/main/templates/render/engine.ts'
import { createFastText, markValues } from '../../../../src/main/templates/render/fast-text.ts'
import { createToPlainText } from '../../../../src/main/templates/render/plain-text.ts'
import { EMAIL_STARTERS } from '../../../../src/main/templates/starters/email-starters.ts'
import { cpuTime } from '../../../support/cpu-time.ts'

const PIECES = [
  '<p>Hello {{first_name}},</p>',
  '<h1>{{uppercase company}}</h1>',
  '<p>\n  {{first_name}}   {{last_name}}\n</p>',
  '<a href="https://example.com/?q={{url company}}">{{company}}</a>',
  '<a href="{{unsubscribe_url}}">Leave</a>',
  "<a href='{{company}}'>x</a>",
  '<a href={{company}}>unquoted</a>',
  '<img src="https://example.com/a.png" alt="{{company}}">',
  '<ul><li>{{first_name}}</li><li>two{{company}}</li></ul>',
  '<ol><li>{{first_name}}</li></ol>',
  '{{#if company}}<p>At {{company}}</p>{{else}}<p>nowhere</p>{{/if}}',
  '{{#each tags}}<b>{{this}}</b> {{/each}}',
  '<table><tr><td>{{city}}</td><td> {{city}} </td></tr></table>',
  '<!-- {{company}} -->',
  '<p class="{{company}}">classy</p>',
  '<div class="{{company}}">hidden?</div>',
  '<p title="{{city}}">x</p>',
  '&amp;{{city}};',
  '&{{city}};',
  '<pre>  {{city}}\n {{first_name}}</pre>',
  '<hr>{{city}}<br>{{company}}',
  '<p>5 < 6 and {{city}} > {{company}}</p>',
  "<p>don't {{city}}</p>",
  '{{{company}}}',
  '<style>.a { color: red }</style>',
  ' plain text ',
]
const VALUES = [
  '',
  ' ',
  'Ann',
  'Ann Lee',
  ' Ann',
  'a  b',
  'a\nb',
  '<b>bold</b>',
  '&',
  '&amp;',
  'x & y',
  '"q"',
  "it's",
  '#top',
  'preheader',
  'é ü 😀',
  'a\u00a0b',
  'a\u200bb',
  '\uFDD0',
  'a\uFDD1b\uFDD0',
  '{{x}}',
  'mailto:a@b.c?subject=x y',
  '=1+1',
  '`',
  '&eacute;',
  '- item',
  '---',
]

const value = fc.constantFrom(...VALUES)
const values = fc.record({
  first_name: value,
  last_name: value,
  company: value,
  city: value,
  unsubscribe_url: value,
  tags: fc.array(value, { maxLength: 3 }),
})

describe('text made from HTML', () => {
  test('is the same by the fast way as by converting every message', () => {
    const engine = createEngine()
    const convert = createToPlainText()
    const rates = { fast: 0, all: 0 }
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 }),
        fc.array(values, { minLength: 1, maxLength: 4 }),
        (pieces, people) => {
          const reading = engine.read(pieces.join('\n'))
          if (reading.kind === 'broken') throw new Error(reading.problem.message)
          markValues(reading.program)
          const fill = engine.compile(reading.program, 'html')
          let converted = 0
          const fast = createFastText(html => {
            converted += 1
            return convert(html)
          })
          for (const person of people) {
            const { html, text } = fast(fill(person))
            expect(text).toBe(convert(html))
            expect(html).not.toMatch(/[\uFDD0\uFDD1]/)
          }
          rates.fast += people.length - Math.min(converted, people.length)
          rates.all += people.length
        },
      ),
      { numRuns: 1000 },
    )
    expect(rates.fast).toBeGreaterThan(0)
  })

  test('converts once for any number of recipients whose values are plain words', () => {
    let converted = 0
    const engine = createEngine()
    const reading = engine.read('<p>Hello {{first_name}} of {{company}}</p>')
    if (reading.kind === 'broken') throw new Error(reading.problem.message)
    markValues(reading.program)
    const fill = engine.compile(reading.program, 'html')
    const fast = createFastText(html => {
      converted += 1
      return createToPlainText()(html)
    })
    const texts = Array.from(
      { length: 50 },
      (_, n) => fast(fill({ first_name: `Ann ${n}`, company: 'Lee & Sons' })).text,
    )
    expect(texts[7]).toBe('Hello Ann 7 of Lee & Sons')
    expect(converted).toBe(1)
  })

  test('renders a starter for 5,000 recipients in a second', () => {
    const content = EMAIL_STARTERS[0]?.content
    if (!content) throw new Error('no starter')
    const message = compileMessage(createEngine(), content, {})
    const person = {
      first_name: 'Maria',
      company: 'Lopez & Co',
      organisation: 'Riverside Books',
      postal_address: '1 Harbour St',
    }
    for (let n = 0; n < 500; n++) message.render(person, { unsubscribe_url: 'mailto:a@example.com?subject=x' })
    const begun = cpuTime()
    for (let n = 0; n < 5000; n++) {
      message.render({ ...person, first_name: `Maria ${n}` }, { unsubscribe_url: `mailto:a@example.com?subject=${n}` })
    }
    const rate = 5000 / ((cpuTime() - begun) / 1000)
    expect(rate).toBeGreaterThan(1000)
  })
})
