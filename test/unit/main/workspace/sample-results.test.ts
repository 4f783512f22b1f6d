import { fc, test as property } from '@fast-check/vitest'
import { expect } from 'vitest'
import { days, seconds } from '../../../../src/main/kernel/clock.ts'
import { seededRandom } from '../../../../src/main/kernel/random.ts'
import { sampleResults } from '../../../../src/main/workspace/sample/results.ts'

const START = Date.parse('2026-11-10T14:00:00Z')

property.prop([fc.integer(), fc.array(fc.boolean(), { minLength: 1, maxLength: 200 })])(
  'everybody chosen has one fate, and nothing happens before its cause',
  (seed, skips) => {
    const chosen = skips.map((skipped, n) => ({
      contactId: `c${n}`,
      address: `p${n}@example.org`,
      skip: skipped ? ('no_address' as const) : null,
    }))
    let ids = 0
    const chance = { random: seededRandom(seed), newId: () => `m${ids++}` }
    const { messages, entries, completedAt } = sampleResults('campaign', chosen, START, chance)

    expect(messages.map(message => message.contactId)).toEqual(chosen.map(one => one.contactId))
    expect(new Set(entries.map(entry => entry.eventKey)).size).toBe(entries.length)
    expect(entries.every((entry, n) => n === 0 || (entries[n - 1]?.at ?? 0) <= entry.at)).toBe(true)
    for (const message of messages) {
      const own = entries.filter(entry => entry.messageId === message.id)
      const fates = own.filter(entry => ['accepted', 'rejected', 'skipped'].includes(entry.kind))
      expect(fates.map(entry => entry.kind)).toEqual([message.state])
      const at = (kind: string): number | undefined => own.find(entry => entry.kind === kind)?.at
      const opened = at('opened')
      if (opened !== undefined) expect(opened).toBeGreaterThan(at('accepted') ?? Number.POSITIVE_INFINITY)
      for (const later of [at('clicked'), at('unsubscribed')]) {
        if (later !== undefined) expect(later).toBeGreaterThan(opened ?? Number.POSITIVE_INFINITY)
      }
      expect(own.every(entry => entry.at <= START + days(2) + seconds(400))).toBe(true)
      if (message.attempt) expect(message.attempt.endedAt).toBeLessThanOrEqual(completedAt)
    }
  },
)
