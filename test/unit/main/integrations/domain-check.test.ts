import { describe, expect, test } from 'vitest'
import { makeKeyPair, readKeyPair } from '../../../../src/main/integrations/dkim/key-pair.ts'
import { createDomainChecks } from '../../../../src/main/integrations/domain-check/domain-check.ts'
import { type ScriptedNames, scriptedResolver } from '../../../support/scripted-resolver.ts'
import { TestClock } from '../../../support/test-clock.ts'

const QUESTION = { domain: 'example.com', envelopeDomain: 'example.com', host: '', keys: [] }

async function check(names: ScriptedNames, question: Partial<typeof QUESTION> = {}) {
  const checks = createDomainChecks(new TestClock(0), scriptedResolver(names))
  const { findings } = await checks({ ...QUESTION, ...question }, false)
  return Object.fromEntries(findings.map(one => [one.record, one]))
}

const spf = async (record: string | readonly string[], more: Record<string, readonly string[]> = {}, host = '') =>
  (await check({ txt: { 'example.com': [record].flat(), ...more } }, { host }))['spf']

describe('SPF', () => {
  test.each([
    ['v=spf1 include:_spf.google.com ~all', 'smtp.gmail.com', 'ok'],
    ['v=spf1 ip4:192.0.2.1 -all', '', 'ok'],
    ['v=spf1 ip4:192.0.2.1 -all', 'smtp.gmail.com', 'failed'],
    ['v=spf1 +all', '', 'failed'],
    ['v=spf1 all', '', 'failed'],
    ['v=spf1 ip4:192.0.2.1 ?all', '', 'warning'],
    ['v=spf1 ip4:192.0.2.1', '', 'warning'],
    ['v=spf1 ip4:192.0.2.1 ptr ~all', '', 'warning'],
    ['something else', '', 'failed'],
  ])('%s through "%s" is %s', async (record, host, state) => {
    const found = await spf(record, { '_spf.google.com': ['v=spf1 ip4:192.0.2.0/24 ~all'] }, host)
    expect(found?.state).toBe(state)
    if (state !== 'ok') expect(found?.remedy).not.toBe('')
  })

  test('two records are as bad as none', async () => {
    expect((await spf(['v=spf1 ~all', 'v=spf1 -all']))?.says).toContain('2 SPF records')
  })

  test('more than ten look-ups, also within includes, make it void', async () => {
    const chain = Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [`n${n}.test`, [`v=spf1 include:n${n + 1}.test ~all`]]),
    )
    expect((await spf('v=spf1 include:n0.test ~all', chain))?.says).toContain('more than 10')
    expect((await spf('v=spf1 include:n8.test ~all', { ...chain, 'n12.test': ['v=spf1 -all'] }))?.state).toBe('ok')
  })

  test('more than two names that lead nowhere make it void', async () => {
    expect((await spf('v=spf1 include:a.test include:b.test include:c.test ~all'))?.says).toContain('lead nowhere')
  })

  test('a record that includes itself ends', async () => {
    expect((await spf('v=spf1 include:example.com ~all'))?.state).toBe('failed')
  })
})

describe('DKIM', () => {
  test('our own key must be published as it is', async () => {
    const { publicKey } = await makeKeyPair('rsa-sha256')
    const name = 'tidings._domainkey.example.com'
    const key = { selector: 'tidings', publicKey, recordName: name, recordText: `v=DKIM1; k=rsa; p=${publicKey}` }
    const state = async (text: string | null) =>
      createDomainChecks(new TestClock(0), scriptedResolver(text === null ? {} : { txt: { [name]: [text] } }))(
        { ...QUESTION, keys: [key] },
        false,
      ).then(({ findings }) => findings.find(one => one.record === 'dkim')?.state)
    expect(await state(key.recordText)).toBe('ok')
    expect(await state(`v=DKIM1; t=y; p=${publicKey}`)).toBe('warning')
    expect(await state('v=DKIM1; p=')).toBe('failed')
    expect(await state('v=DKIM1; p=AAAA')).toBe('failed')
    expect(await state(null)).toBe('failed')
  })

  test('a provider’s key is found at a usual selector, and none is only a warning', async () => {
    const { publicKey } = await makeKeyPair('rsa-sha256')
    expect((await check({ txt: { 's1._domainkey.example.com': [`p=${publicKey}`] } }))['dkim']?.state).toBe('ok')
    expect((await check({}))['dkim']?.state).toBe('warning')
  })

  test('a pasted key is read, and what is none is refused', async () => {
    const made = await makeKeyPair('ed25519-sha256')
    expect(readKeyPair(made.privateKey)).toEqual(made)
    expect(Buffer.from(made.publicKey, 'base64')).toHaveLength(32)
    expect(() => readKeyPair('hello')).toThrow('no private key')
  })
})

describe('DMARC', () => {
  const dmarc = async (name: string, record: string, domain = 'example.com') =>
    (await check({ txt: { [`_dmarc.${name}`]: [record] } }, { domain }))['dmarc']

  test.each([
    ['v=DMARC1; p=none; rua=mailto:a@example.com', 'ok'],
    ['v=DMARC1; p=reject; rua=mailto:a@example.com; pct=50', 'ok'],
    ['v=DMARC1; p=reject', 'warning'],
    ['v=DMARC1; rua=mailto:a@example.com', 'warning'],
    ['v=DMARC1; p=reject; t=y; rua=mailto:a@example.com', 'warning'],
  ])('%s is %s', async (record, state) => {
    expect((await dmarc('example.com', record))?.state).toBe(state)
  })

  test('is found by walking up, and the policy for subdomains holds then', async () => {
    const found = await dmarc(
      'example.com',
      'v=DMARC1; p=reject; sp=none; rua=mailto:a@b.test',
      'mail.news.example.com',
    )
    expect(found?.says).toContain('The policy is none. It is the record of example.com.')
    expect((await check({}))['dmarc']?.state).toBe('failed')
  })
})

test('a domain without a server for replies is told, and a null MX too', async () => {
  const mx = async (names: ScriptedNames) => (await check(names))['mx']?.state
  expect(await mx({ mx: { 'example.com': [{ exchange: 'mx.example.com', priority: 10 }] } })).toBe('ok')
  expect(await mx({ mx: { 'example.com': [{ exchange: '', priority: 0 }] } })).toBe('failed')
  expect(await mx({ address: { 'example.com': ['192.0.2.1'] } })).toBe('warning')
  expect(await mx({})).toBe('failed')
})

test('what was found is kept for an hour; offline nothing is claimed and nothing is kept', async () => {
  const clock = new TestClock(0)
  const online = scriptedResolver({})
  const checks = createDomainChecks(clock, online)
  await checks(QUESTION, false)
  const asked = online.asked()
  await checks(QUESTION, false)
  expect(online.asked()).toBe(asked)
  await checks(QUESTION, true)
  expect(online.asked()).toBe(2 * asked)

  const away = scriptedResolver({ isOffline: true })
  const offline = createDomainChecks(clock, away)
  const { findings } = await offline(QUESTION, false)
  expect(findings.map(one => one.state)).toEqual(['not_checked', 'not_checked', 'not_checked', 'not_checked'])
  const before = away.asked()
  await offline(QUESTION, false)
  expect(away.asked()).toBeGreaterThan(before)
})
