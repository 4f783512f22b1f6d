import { fc, test as prop } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { createReplyReader } from '../../../../../src/main/integrations/smtp/reply.ts'
import { offersOf } from '../../../../../src/main/integrations/smtp/session.ts'

const DIALOGUE =
  '220 mail.example.com\r\n250-mail.example.com\r\n250-PIPELINING\r\n250 SIZE 10\r\n550-5.1.1 No such\r\n550 5.1.1 user\r\n250\r\n'

describe('the reader of replies', () => {
  test('reads codes, enhanced codes and text', () => {
    expect(createReplyReader().take(DIALOGUE)).toEqual([
      { code: 220, enhanced: '', text: 'mail.example.com', lines: ['mail.example.com'] },
      {
        code: 250,
        enhanced: '',
        text: 'mail.example.com PIPELINING SIZE 10',
        lines: ['mail.example.com', 'PIPELINING', 'SIZE 10'],
      },
      { code: 550, enhanced: '5.1.1', text: 'No such user', lines: ['5.1.1 No such', '5.1.1 user'] },
      { code: 250, enhanced: '', text: '', lines: [''] },
    ])
  })

  prop.prop([fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 60 })])(
    'does not care in which pieces they arrive',
    sizes => {
      const reader = createReplyReader()
      const replies = []
      let at = 0
      for (let turn = 0; at < DIALOGUE.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1
        replies.push(...(reader.take(DIALOGUE.slice(at, at + size)) ?? []))
        at += size
      }
      expect(replies).toEqual(createReplyReader().take(DIALOGUE))
      expect(reader.isPartial()).toBe(false)
    },
  )

  test('takes bare line feeds, as some servers send them', () => {
    expect(createReplyReader().take('250 ok\n')).toMatchObject([{ code: 250, text: 'ok' }])
  })

  test.each(['HTTP/1.1 400 Bad Request\r\n', 'hello\r\n', '99 x\r\n', '250x\r\n', '\r\n'])('refuses %j', said => {
    expect(createReplyReader().take(said)).toBeNull()
  })

  test('gives up on a reply without end', () => {
    const reader = createReplyReader()
    expect(reader.take('x'.repeat(70_000))).toBeNull()
    const lines = createReplyReader()
    expect(lines.take(`250-${'x'.repeat(1000)}\r\n`.repeat(100))).toBeNull()
  })

  prop.prop([fc.string({ unit: 'binary', maxLength: 200 })])('never throws', said => {
    createReplyReader().take(said)
  })
})

test('what a server offers is read in any case, and in the old way too', () => {
  expect(
    offersOf(['me', 'pipelining', 'Size 1000', 'AUTH=LOGIN', 'AUTH PLAIN XOAUTH2', 'SMTPUTF8', 'STARTTLS']),
  ).toEqual({
    pipelining: true,
    smtpUtf8: true,
    size: true,
    startTls: true,
    login: ['LOGIN', 'PLAIN', 'XOAUTH2'],
  })
  expect(offersOf(['PIPELINING'])).toMatchObject({ pipelining: false, login: [] })
})
