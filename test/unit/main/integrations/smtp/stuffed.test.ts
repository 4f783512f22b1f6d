import { fc, test as prop } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { stuffed } from '../../../../../src/main/integrations/smtp/transfer.ts'

test('a message without a dot at the beginning of a line goes as it is', () => {
  const bytes = Buffer.from('a.b\r\nc.\r\n')
  expect(stuffed(bytes)).toBe(bytes)
})

const content = fc
  .array(fc.constantFrom('.', '..', '\r\n', 'a', ' ', 'b.'), { maxLength: 60 })
  .map(parts => `${parts.join('')}\r\n`)

prop.prop([content])(
  'taking the first dot of each line off again gives what was written, and no line is a lone dot',
  text => {
    const wire = Buffer.from(stuffed(Buffer.from(text))).toString()
    expect(
      wire
        .split('\r\n')
        .map(line => line.replace(/^\./, ''))
        .join('\r\n'),
    ).toBe(text)
    expect(wire.split('\r\n')).not.toContain('.')
  },
)
