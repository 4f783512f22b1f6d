import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { createComposer } from '../../../../../src/main/integrations/mime/compose.ts'
import { type MailPart, type MailStyle, PLAIN_STYLE } from '../../../../../src/main/integrations/mime/mail-style.ts'
import { messageIdOfAddress } from '../../../../../src/main/integrations/verp.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'
import { anEnvelope } from './an-envelope.ts'

async function aPart(content: Uint8Array, changes: Partial<MailPart> = {}): Promise<MailPart> {
  const path = join(await temporaryFolder(), 'file')
  await writeFile(path, content)
  return {
    mediaId: '0192f7c4-aaaa-7000-8000-000000000003',
    name: 'report.pdf',
    type: 'application/pdf',
    inline: false,
    path,
    bytes: content.length,
    ...changes,
  }
}

function written(changes: Parameters<typeof anEnvelope>[0], style: MailStyle = PLAIN_STYLE) {
  const composed = createComposer()(anEnvelope(changes), style)
  if (composed.kind === 'refused') throw new Error(composed.reason)
  return { ...composed, raw: Buffer.from(composed.bytes).toString('latin1') }
}

test('files and images come whole, in mixed > related > alternative', async () => {
  const pdf = Uint8Array.from({ length: 70_001 }, (_, n) => (n * 7) % 256)
  const image = Uint8Array.from([1, 2, 3])
  const attachments = [
    await aPart(pdf, { name: 'Übersicht für das Jahr 2026, “Entwurf”.pdf' }),
    await aPart(image, { mediaId: 'logo-1', name: 'logo.png', type: 'image/png', inline: true }),
  ]
  const { raw } = written({ html: '<img src="cid:logo-1">', text: 'Hi', attachments })
  const order = [
    'multipart/mixed',
    'multipart/related',
    'multipart/alternative',
    'text/plain',
    'text/html',
    'image/png',
  ]
  const places = order.map(type => raw.indexOf(`Content-Type: ${type}`))
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(places[0]).toBeGreaterThan(0)
  for (const line of raw.split('\r\n')) {
    // An address in angle brackets cannot be folded.
    if (!line.startsWith(' <mailto:')) expect(line.length).toBeLessThanOrEqual(78)
    expect(line.startsWith('.')).toBe(false)
  }
  const read = await PostalMime.parse(raw)
  expect(read.html).toContain('cid:logo-1')
  const files = new Map(read.attachments.map(one => [one.filename, one]))
  const first = files.get('Übersicht für das Jahr 2026, “Entwurf”.pdf')
  const content = first?.content ?? ''
  expect(
    Buffer.from(typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content)).equals(Buffer.from(pdf)),
  ).toBe(true)
  expect(files.get('logo.png')).toMatchObject({ disposition: 'inline', contentId: '<logo-1>', related: true })
})

test('a message with an image alone has no part for files, and one with a file alone none for images', async () => {
  const image = await aPart(Uint8Array.of(1), { name: 'a.png', type: 'image/png', inline: true })
  const file = await aPart(Uint8Array.of(1))
  expect(written({ attachments: [image] }).raw).not.toContain('multipart/mixed')
  expect(written({ attachments: [file] }).raw).not.toContain('multipart/related')
})

test('a file that is gone costs the message, and says why', async () => {
  const part = await aPart(Uint8Array.of(1), { path: '/nowhere/at/all' })
  expect(createComposer()(anEnvelope({ attachments: [part] }))).toEqual({
    kind: 'refused',
    reason: 'An attached file could not be read',
  })
})

test('what a file is called or claims to be adds no header', async () => {
  const part = await aPart(Uint8Array.of(1), { name: 'a"\r\nBcc: x@y.z.pdf', type: 'text/html\r\nX-Evil: 1' })
  const { raw } = written({ attachments: [part] })
  expect(raw).not.toMatch(/^Bcc:/m)
  expect(raw).not.toMatch(/^X-Evil/m)
  expect(raw).toContain('Content-Type: application/octet-stream')
})

test('one click unsubscribes where a server takes it, by a token that only we can make', () => {
  const tokenKey = 'ab'.repeat(32)
  const style = {
    ...PLAIN_STYLE,
    tokenKey,
    unsubscribeBaseUrl: 'https://news.example.com',
    bounceAddress: 'b@example.com',
  }
  const { raw, mailFrom } = written({}, style)
  const token = /<https:\/\/news\.example\.com\/u\/([a-z2-7]{34})>,\r\n <mailto:/.exec(raw)?.[1] ?? ''
  expect(messageIdOfAddress(`b+${token}@example.com`, Buffer.from(tokenKey, 'hex'))).toBe(anEnvelope().messageId)
  expect(raw).toContain('\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n')
  expect(mailFrom).toBe(`b+${token}@example.com`)
  expect(written({}).raw).not.toContain('List-Unsubscribe-Post')
  expect(written({ unsubscribeMailto: '' }, style).raw).not.toContain('List-Unsubscribe')
})

test('machines are told what was sent because of what the person did', () => {
  expect(written({ isTriggered: true }).raw).toContain('\r\nAuto-Submitted: auto-generated\r\n')
  expect(written({}).raw).not.toContain('Auto-Submitted')
  expect(written({}).raw).toContain('\r\nFeedback-ID:')
})
