import { expect, test } from 'vitest'
import { createSessions } from '../../../../src/main/host/browser/session.ts'
import { hours } from '../../../../src/main/kernel/clock.ts'
import { systemRandom } from '../../../../src/main/kernel/random.ts'
import { TestClock } from '../../../support/test-clock.ts'

const sessionsAt = (clock: TestClock) => createSessions(clock, systemRandom())

test('an invitation has 256 bits and is worth one session', () => {
  const sessions = sessionsAt(new TestClock(0))
  const invitation = sessions.invite()
  expect(Buffer.from(invitation, 'base64url')).toHaveLength(32)
  const session = sessions.open(invitation)
  expect(session !== null && sessions.isOpen(session)).toBe(true)
  expect(sessions.open(invitation)).toBeNull()
  expect(session).not.toBe(invitation)
})

test('a session that is used stays open, one that is left alone for twelve hours closes', () => {
  const clock = new TestClock(0)
  const sessions = sessionsAt(clock)
  const session = sessions.open(sessions.invite()) ?? ''
  for (let n = 0; n < 5; n++) {
    clock.jump(clock.now() + hours(11))
    expect(sessions.isOpen(session)).toBe(true)
  }
  clock.jump(clock.now() + hours(12) + 1)
  expect(sessions.isOpen(session)).toBe(false)
  expect(sessions.isOpen(session)).toBe(false)
})

test('made-up tokens open nothing', () => {
  const sessions = sessionsAt(new TestClock(0))
  expect(sessions.open('')).toBeNull()
  expect(sessions.isOpen('')).toBe(false)
  expect(sessions.isCommandToken('')).toBe(false)
  expect(sessions.isCommandToken(sessions.commandToken)).toBe(true)
  expect(sessions.open(sessions.commandToken)).toBeNull()
})

test('invitations that nobody opens do not pile up', () => {
  const sessions = sessionsAt(new TestClock(0))
  const first = sessions.invite()
  for (let n = 0; n < 100; n++) sessions.invite()
  expect(sessions.open(first)).toBeNull()
})
