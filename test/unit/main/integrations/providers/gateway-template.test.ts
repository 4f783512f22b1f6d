import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readJsonPath, textAt } from '../../../../../src/main/integrations/providers/gateway/json-path.ts'
import {
  filledBody,
  filledHeader,
  filledUrl,
  unknownPlace,
} from '../../../../../src/main/integrations/providers/gateway/request-template.ts'

function values(text: string) {
  return { to: '+49171', toDigits: '49171', from: 'Tidings', text, id: 'm1', secret: 's&"' }
}

describe('what is filled in', () => {
  test('stays one value of a JSON body, quoted or not, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        const quoted = filledBody(
          '{"a": "say \\"{{text}}\\"", "b": {{ text }}, "c": "{{secret}}"}',
          'application/json',
          values(text),
        )
        expect(JSON.parse(quoted)).toEqual({ a: `say "${text}"`, b: text, c: 's&"' })
      }),
    )
  })

  test('stays one value of a form and of an address, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        const form = new URLSearchParams(
          filledBody('to={{toDigits}}&text={{text}}&id={{id}}', 'application/x-www-form-urlencoded', values(text)),
        )
        expect(Object.fromEntries(form)).toEqual({ to: '49171', text, id: 'm1' })
        const url = new URL(
          filledUrl('https://gateway.example/send/{{text}}?text={{text}}&k={{secret}}', values(`x${text}`)),
        )
        expect(url.searchParams.get('text')).toBe(`x${text}`)
        expect(url.searchParams.get('k')).toBe('s&"')
        expect(url.pathname.split('/')).toHaveLength(3)
        expect(url.host).toBe('gateway.example')
      }),
    )
  })

  test('is escaped in XML, and left alone in plain text', () => {
    expect(filledBody('<t>{{text}}</t>', 'text/xml', values('a < b & "c"'))).toBe('<t>a &lt; b &amp; &quot;c&quot;</t>')
    expect(filledBody('{{text}}', 'text/plain', values('a < b'))).toBe('a < b')
  })

  test('cannot make a new header', () => {
    expect(filledHeader('X: {{text}}', values('a\r\nEvil: 1'))).toBe('X: a%0D%0AEvil: 1')
  })

  test('is never filled in twice', () => {
    expect(filledBody('{"t":"{{text}}"}', 'application/json', values('{{secret}}'))).toBe('{"t":"{{secret}}"}')
  })

  test('is one of the six places', () => {
    expect(unknownPlace('{{to}} {{ text }}')).toBeNull()
    expect(unknownPlace('{{to}} {{password}}')).toBe('password')
  })
})

describe('a path into an answer', () => {
  const answer = { messages: [{ status: '0', 'message-id': 'A1', ok: true, n: 7 }], a: { b: null } }
  test.each([
    ['$.messages[0].status', '0'],
    ["$.messages[0]['message-id']", 'A1'],
    ['$.messages[0].message-id', 'A1'],
    ['$.messages[0].ok', 'true'],
    ['$.messages[0].n', '7'],
    ['$.messages[1].status', null],
    ['$.a.b', null],
    ['$.a', null],
    ['$.constructor.name', null],
  ])('%s leads to %s', (path, expected) => {
    expect(textAt(answer, readJsonPath(path) ?? ['nowhere'])).toBe(expected)
  })

  test.each(['', 'a.b', '$..a', '$.a[*]', '$.a[', '$ .a', '$.a[-1]'])('%s is none', path => {
    expect(readJsonPath(path)).toBeNull()
  })
})
