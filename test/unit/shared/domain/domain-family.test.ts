import { expect, test } from 'vitest'
import { familyOf, mailDomain } from '../../../../src/shared/domain/domain-family.ts'

test.each([
  ['ann@gmail.com', 'google'],
  ['ann@GoogleMail.com', 'google'],
  ['ann@outlook.com', 'microsoft'],
  ['ann@hotmail.co.uk', 'microsoft'],
  ['ann@live.fr', 'microsoft'],
  ['ann@yahoo.com.br', 'yahoo'],
  ['ann@aol.com', 'yahoo'],
  ['ann@icloud.com', 'apple'],
  ['ann@yahoo.example.com', ''],
  ['ann@notgmail.com', ''],
  ['+15555550100', ''],
])('%s belongs to “%s”', (address, family) => {
  expect(familyOf(address)).toBe(family)
})

test('the domain of an address is what follows the last @', () => {
  expect(mailDomain('"a@b"@Example.ORG')).toBe('example.org')
  expect(mailDomain('+15555550100')).toBe('')
})
