import { assert, property, string, uint8Array, uuid } from 'fast-check'
import { expect, test } from 'vitest'
import {
  messageIdOfAddress,
  messageIdOfToken,
  verpAddress,
  verpKeyOf,
  verpToken,
} from '../../../../src/main/integrations/verp.ts'

const KEY = Buffer.alloc(32, 7)
const ID = '019e2c31-5c1b-7000-8000-1234567890ab'

test('a bounce address gives back the message it was made for, also in capitals', () => {
  const token = verpToken(ID, KEY) ?? ''
  expect(token).toMatch(/^[a-z2-7]{34}$/)
  const address = verpAddress('bounces@example.com', token) ?? ''
  expect(address).toBe(`bounces+${token}@example.com`)
  expect(messageIdOfAddress(address, KEY)).toBe(ID)
  expect(messageIdOfAddress(address.toUpperCase(), KEY)).toBe(ID)
})

test('every id comes back from its token, and no other key or token does', () => {
  assert(
    property(uuid(), uint8Array({ minLength: 32, maxLength: 32 }), string(), (id, key, other) => {
      const token = verpToken(id, key) ?? ''
      expect(messageIdOfToken(token, key)).toBe(id)
      expect(messageIdOfToken(token, Buffer.concat([key, Buffer.from('x')]))).toBeNull()
      expect(messageIdOfToken(other, key)).toBeNull()
    }),
  )
})

test('a token with one letter changed is not believed', () => {
  const token = verpToken(ID, KEY) ?? ''
  const changed = `${token.slice(0, 5)}${token[5] === 'a' ? 'b' : 'a'}${token.slice(6)}`
  expect(messageIdOfToken(changed, KEY)).toBeNull()
})

test('what is no id has no token, and a local part stays within 64 octets', () => {
  expect(verpToken('not-an-id', KEY)).toBeNull()
  expect(verpAddress(`${'b'.repeat(40)}@example.com`, verpToken(ID, KEY) ?? '')).toBeNull()
  expect(messageIdOfAddress('plain@example.com', KEY)).toBeNull()
  expect(verpKeyOf('00')).toBeNull()
  expect(verpKeyOf('ab'.repeat(32))).toHaveLength(32)
})
