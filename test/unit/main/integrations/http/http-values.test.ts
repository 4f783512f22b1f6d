import { describe, expect, test } from 'vitest'
import { apiBaseIssues, baseOf } from '../../../../../src/main/integrations/http/api-base.ts'
import { createLocalAddressCheck } from '../../../../../src/main/integrations/http/local-address.ts'
import { retryAfterMs } from '../../../../../src/main/integrations/http/retry-after.ts'
import { classOfStatus } from '../../../../../src/main/integrations/http/send-outcome.ts'

const NOW = Date.parse('2026-11-20T12:00:00Z')

describe('Retry-After', () => {
  test.each([
    ['120', 120_000],
    ['0', 0],
    ['1.5', 1500],
    ['Fri, 20 Nov 2026 12:01:00 GMT', 60_000],
    ['Fri, 20 Nov 2026 11:00:00 GMT', 0],
    ['999999999', 86_400_000],
    ['soon', null],
    ['', null],
    ['-5', null],
  ])('%s means %s ms', (said, expected) => {
    expect(retryAfterMs({ 'retry-after': said }, NOW)).toBe(expected)
  })

  test('is null when the header is missing', () => {
    expect(retryAfterMs({}, NOW)).toBeNull()
  })
})

describe('addresses of the local network', () => {
  const isLocal = createLocalAddressCheck()
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '192.168.1.1',
    '172.31.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '::1',
    '[fe80::1]',
    'fd00::1',
    '::ffff:10.0.0.1',
    '0.0.0.0',
    '255.255.255.255',
  ])('%s is one', address => expect(isLocal(address)).toBe(true))
  test.each(['8.8.8.8', '172.32.0.1', '2a00:1450:4001::1', 'example.com', '::ffff:8.8.8.8'])('%s is none', address =>
    expect(isLocal(address)).toBe(false),
  )
})

describe('what stands in for the address of a provider', () => {
  test.each(['', 'https://proxy.example.com/api/', 'http://127.0.0.1:8080', 'http://[::1]:9'])('%s may', base =>
    expect(apiBaseIssues(base)).toEqual([]),
  )
  test.each(['http://example.com', 'ftp://example.com', 'example.com', 'https://me:secret@example.com'])(
    '%s may not',
    base => expect(apiBaseIssues(base)).toHaveLength(1),
  )
  test('loses the slash at its end', () => {
    expect(baseOf(' https://proxy.example.com/api// ', 'https://own')).toBe('https://proxy.example.com/api')
    expect(baseOf('', 'https://own')).toBe('https://own')
  })
})

describe('a status that the provider did not explain', () => {
  test.each([
    [204, 'uncertain'],
    [302, 'account'],
    [400, 'permanent_message'],
    [401, 'account'],
    [403, 'account'],
    [413, 'permanent_message'],
    [429, 'rate_limited'],
    [500, 'uncertain'],
    [502, 'uncertain'],
    [503, 'transport'],
  ])('%d is %s', (status, expected) => {
    expect(classOfStatus(status, [503])).toBe(expected)
  })
})
