import { fc, test as prop } from '@fast-check/vitest'
import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { createComposer } from '../../../../../src/main/integrations/mime/compose.ts'
import type { EmailEnvelope } from '../../../../../src/main/integrations/provider.ts'
import { anEnvelope } from './an-envelope.ts'

const compose = createComposer()

function source(envelope: EmailEnvelope): string {
  const composed = compose(envelope)
  if (composed.kind === 'refused') throw new Error(composed.reason)
  return Buffer.from(composed.bytes).toString('latin1')
}

async function parsed(envelope: EmailEnvelope) {
  return PostalMime.parse(source(envelope))
}

const header = (raw: string, name: string): string[] =>
  raw
    .slice(0, raw.indexOf('\r\n\r\n'))
    .replace(/\r\n[ \t]/g, ' ')
    .split('\r\n')
    .filter(line => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))

// A mail reader shows one kind of line end, and quoted-printable writes CRLF for all of them.
const lines = (text: string): string => text.replace(/\r\n|\r|\n/g, '\n')
const sameText = (read: string | undefined, written: string): void => {
  // The parser ends every text with a line end of its own.
  expect([lines(written), `${lines(written)}\n`]).toContain(lines(read ?? ''))
}

describe('the headers', () => {
  test('are each there exactly once', () => {
    const raw = source(anEnvelope({ replyTo: 'help@sender.example' }))
    for (const name of [
      'From',
      'To',
      'Subject',
      'Date',
      'Message-ID',
      'MIME-Version',
      'Content-Type',
      'Reply-To',
      'List-Unsubscribe',
      'List-Id',
      'Precedence',
      'X-Campaign-Id',
      'X-Message-Ref',
    ]) {
      expect(header(raw, name), name).toHaveLength(1)
    }
  })

  test('say when, by whom and for whom', () => {
    const raw = source(anEnvelope())
    expect(header(raw, 'Date')).toEqual(['Date: Tue, 01 Jul 2025 09:05:00 +0000'])
    expect(header(raw, 'From')).toEqual(['From: Tidings <news@sender.example>'])
    expect(header(raw, 'To')).toEqual(['To: ann@example.com'])
    expect(header(raw, 'Message-ID')).toEqual(['Message-ID: <0192f7c4-1111-7000-8000-000000000001@sender.example>'])
    expect(header(raw, 'List-Unsubscribe')[0]).toMatch(
      /^List-Unsubscribe: +<mailto:unsubscribe@sender\.example\?subject=/,
    )
  })

  test('leave out the list headers when nobody can unsubscribe', () => {
    const raw = source(anEnvelope({ unsubscribeMailto: '' }))
    expect(raw).not.toMatch(/List-|Precedence/)
  })

  test('keep a mailto that is one already', () => {
    const raw = source(anEnvelope({ unsubscribeMailto: 'mailto:u+1@x.example?subject=stop' }))
    expect(header(raw, 'List-Unsubscribe')[0]).toContain('<mailto:u+1@x.example?subject=stop>')
  })

  test.each([
    ['a quoted name', 'Smith, "Ann" & Co.'],
    ['a name beyond ASCII', 'Bürgerbüro Köln'],
    ['a name in Chinese', '致遠國際貿易有限公司'],
    ['a long name', 'The Very Long Name of an Organisation That Does Not Fit Into One Line of a Message At All'],
  ])('round-trip %s', async (_what, name) => {
    const envelope = anEnvelope({ from: { name, address: 'news@sender.example' } })
    const { from } = await parsed(envelope)
    expect(from).toMatchObject({ name, address: 'news@sender.example' })
  })

  test.each([
    { subject: 'a\r\nBcc: x@y.example' },
    { subject: 'a\nb' },
    { subject: 'a\0b' },
    { from: { name: 'a\r\nBcc: b', address: 'news@sender.example' } },
    { from: { name: '', address: 'news@sender.example\r\nX: y' } },
    { replyTo: 'a@b.example>\r\nX: y' },
    { to: 'a@b.example\r\nX: y' },
    { to: 'a@b.example, c@d.example' },
    { unsubscribeMailto: 'a@b.example>\r\nX: y' },
    { messageId: 'a b' },
    { campaignId: 'a\r\nb' },
  ])('cannot be broken out of: %j', changes => {
    expect(compose(anEnvelope(changes)).kind).toBe('refused')
  })

  test('tell that a local part beyond ASCII needs SMTPUTF8', () => {
    expect(compose(anEnvelope({ to: 'jörg@example.com' }))).toMatchObject({ kind: 'message', needsSmtpUtf8: true })
    expect(compose(anEnvelope())).toMatchObject({ kind: 'message', needsSmtpUtf8: false })
  })

  test('use the present sender also after it was changed within a campaign', () => {
    source(anEnvelope())
    expect(header(source(anEnvelope({ from: { name: 'Other', address: 'o@other.example' } })), 'From')).toEqual([
      'From: Other <o@other.example>',
    ])
  })
})

describe('the bodies', () => {
  test('are text and then HTML', async () => {
    const raw = source(anEnvelope())
    expect(raw).toMatch(/multipart\/alternative/)
    expect(raw.indexOf('text/plain')).toBeLessThan(raw.indexOf('text/html'))
  })

  test('are one part when one is empty', async () => {
    const raw = source(anEnvelope({ html: '' }))
    expect(raw).not.toContain('multipart')
    expect((await parsed(anEnvelope({ html: '' }))).text?.trim()).toBe('Hello')
    expect((await parsed(anEnvelope({ text: '' }))).html?.trim()).toBe('<p>Hello</p>')
  })

  test('are base64 when most of it is not Latin', async () => {
    const text = 'これは日本語の本文です。'.repeat(200)
    expect(source(anEnvelope({ text }))).toContain('Content-Transfer-Encoding: base64')
    sameText((await parsed(anEnvelope({ text }))).text, text)
  })

  test('can be larger than the memory that was there at first', async () => {
    const html = `<p>${'ü=. '.repeat(100_000)}</p>`
    sameText((await parsed(anEnvelope({ html }))).html, html)
    const chinese = '致遠'.repeat(200_000)
    sameText((await parsed(anEnvelope({ text: chinese }))).text, chinese)
  })
})

const unicode = fc.string({ unit: 'grapheme', maxLength: 300 })
const ascii = fc.string({ maxLength: 400 })
const body = fc.oneof(
  unicode,
  ascii,
  fc
    .array(fc.constantFrom('.', '..', '\n', '\r\n', ' ', '\t', '=', 'From ', 'word', 'ü', '漢', '🎉', 'x'.repeat(80)), {
      maxLength: 200,
    })
    .map(parts => parts.join('')),
)
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ').trim()

describe('whatever is written', () => {
  prop.prop([fc.oneof(unicode, ascii).map(oneLine)])('the subject comes back as it was', async subject => {
    const { subject: read } = await parsed(anEnvelope({ subject }))
    expect(read ?? '').toBe(subject)
  })

  prop.prop([
    fc
      .oneof(unicode, ascii)
      .map(oneLine)
      .filter(name => name !== ''),
  ])('the name of the sender comes back as it was', async name => {
    const { from } = await parsed(anEnvelope({ from: { name, address: 'news@sender.example' } }))
    expect(from).toEqual({ name, address: 'news@sender.example' })
  })

  prop.prop([body, body])('the bodies come back as they were', async (html, text) => {
    const email = await parsed(anEnvelope({ html: `<p>${html}</p>`, text: `>${text}` }))
    sameText(email.html, `<p>${html}</p>`)
    sameText(email.text, `>${text}`)
  })

  prop.prop([fc.oneof(unicode, ascii).map(oneLine), fc.oneof(unicode, ascii).map(oneLine), body, body])(
    'the lines are short, end in CRLF, are ASCII and do not begin with a dot',
    (subject, name, html, text) => {
      const raw = source(anEnvelope({ subject, from: { name, address: 'news@sender.example' }, html, text }))
      expect(raw.endsWith('\r\n')).toBe(true)
      const head = raw.slice(0, raw.indexOf('\r\n\r\n'))
      for (const line of raw.split('\r\n')) {
        expect(line.length).toBeLessThanOrEqual(998)
        expect(line).not.toMatch(/[\r\n]|^\./)
        expect(line).toMatch(/^[\t\x20-\x7e]*$/)
        if (/=\?utf-8\?/.test(line)) expect(line.length).toBeLessThanOrEqual(76)
      }
      for (const line of head.split('\r\n')) {
        expect(line.length <= 78 || !/\S \S/.test(line.replace(/^\S+: /, ''))).toBe(true)
        for (const word of line.match(/=\?utf-8\?.*?\?=/g) ?? []) expect(word.length).toBeLessThanOrEqual(75)
      }
      const bodyLines = raw.slice(head.length).split('\r\n')
      for (const line of bodyLines) expect(line.length).toBeLessThanOrEqual(76)
    },
  )
})
